#include "workflows/keys/ring.h"

#include "workflows/registry/checks.h"

namespace sparkgate::keys {
namespace {

const Json k_none;

// What all accounts of the person that may act are granted together.
Actor actor_behind(const std::string& person, const View& view) {
  Actor actor;
  actor.person = person;
  for (const InstancePtr& account : registry::accounts_of(view, person)) {
    if (account->state != "Valid") continue;
    for (Grant& grant : registry::grants_of(account->data)) actor.grants.push_back(std::move(grant));
  }
  return actor;
}

bool holds(const Actor& actor, std::string_view role) {
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const Grant& grant) { return grant.role == role; });
}

bool has_enroller_key(const Instance& ring) {
  const Json keys = ring.data.value("keys", Json::object());
  return std::any_of(keys.begin(), keys.end(), [](const Json& key) {
    return text_of(key, "state") == k_active && key.at("enroller").get<bool>();
  });
}

}  // namespace

const Json& key_in(const Instance& ring, std::string_view kid) {
  const auto keys = ring.data.find("keys");
  if (keys == ring.data.end()) return k_none;
  const auto key = keys->find(kid);
  return key == keys->end() ? k_none : *key;
}

bool is_active(const Instance& ring, std::string_view kid) {
  const Json& key = key_in(ring, kid);
  return !key.is_null() && text_of(key, "state") == k_active;
}

bool is_enroller_key(const Instance& ring, std::string_view kid) {
  return is_active(ring, kid) && key_in(ring, kid).at("enroller").get<bool>();
}

bool has_active_key(const Instance& ring) {
  const Json keys = ring.data.value("keys", Json::object());
  return std::any_of(keys.begin(), keys.end(), [](const Json& key) { return text_of(key, "state") == k_active; });
}

InstancePtr ring_of_key(const View& view, std::string_view kid) {
  const auto rings = view.linked(k_workflow, "kid", kid);
  return rings.empty() ? nullptr : rings.front();
}

InstancePtr ring_of_person(const View& view, std::string_view person) {
  if (person.empty()) return nullptr;
  for (InstancePtr& ring : view.linked(k_workflow, "person", person)) {
    if (ring->state != "Closed") return std::move(ring);
  }
  return nullptr;
}

bool oversees(const Actor& actor, std::string_view role, std::string_view person, const View& view) {
  const auto accounts = registry::accounts_of(view, person);
  return holds(actor, role) && std::all_of(accounts.begin(), accounts.end(), [&](const InstancePtr& account) {
           return registry::oversees(actor, role, account->data, view);
         });
}

bool is_administrator(const std::string& person, const View& view) {
  return holds(actor_behind(person, view), "admin");
}

size_t enrollers_of(std::string_view person, const View& view) {
  const auto rings = view.linked(k_workflow, "state", "Active");
  return static_cast<size_t>(std::count_if(rings.begin(), rings.end(), [&](const InstancePtr& ring) {
    const Actor owner = actor_behind(text_of(ring->personal, "person"), view);
    return has_enroller_key(*ring) && oversees(owner, "admin", person, view);
  }));
}

std::string counter_of(std::string_view kid) { return "signatures of " + std::string(kid); }

}  // namespace sparkgate::keys
