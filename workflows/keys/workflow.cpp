#include "workflows/keys/workflow.h"

#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/keys/decisions.h"
#include "workflows/keys/description.h"

namespace sparkgate::keys {
namespace {

bool is_own(const Instance& ring, const Actor& actor) {
  return !actor.person.empty() && text_of(ring.personal, "person") == actor.person;
}

std::string name_of_owner(const Instance& ring, const View& view) {
  const InstancePtr person = view.find(text_of(ring.personal, "person"));
  return person ? text_of(person->personal, "name") : "";
}

struct MayRow {
  std::string_view event;
  bool owner, enroller;
};
constexpr MayRow k_may[] = {
    {"enrol", true, false},     {"add_key", true, false}, {"endorse", false, true},
    {"revoke_key", true, true}, {"close", false, true},
};

Result<void> check_actor(const Situation& s) {
  const auto row = std::find_if(std::begin(k_may), std::end(k_may), [&](const auto& r) { return r.event == s.event; });
  const bool is_new = s.instance.version == 0;
  const bool owns = is_new ? !s.actor.person.empty() : is_own(s.instance, s.actor);
  if (row->owner && owns) return {};
  if (row->enroller && oversees(s.actor, "admin", text_of(s.instance.personal, "person"), s.view)) return {};
  if (row->enroller) return refuse_role({"admin"});
  return refuse(Code::not_the_named_person, {{"person", name_of_owner(s.instance, s.view)}});
}

}  // namespace

KeyRing::KeyRing(Settings settings) : settings_(settings), description_(make_description()) {}

Result<void> KeyRing::assess(const Situation& situation) const {
  if (!description_.event(situation.event)) return refuse(Code::unknown_event, {{"event", situation.event}});
  if (auto may = check_actor(situation); !may) return may;
  if (!description_.leads(situation.instance.state, situation.event)) {
    return refuse(Code::wrong_state, {{"state", situation.instance.state}, {"event", situation.event}});
  }
  return {};
}

Result<Decision> KeyRing::decide(const Situation& situation, const Json& payload, Cast& cast) const {
  if (auto allowed = assess(situation); !allowed) return tl::make_unexpected(allowed.error());
  return decide_event({situation, payload, cast, settings_});
}

Index KeyRing::index(const Instance& ring, const View&) const {
  Index out;
  out.links = {{"person", text_of(ring.personal, "person")}, {"state", ring.state}};
  const Json keys = ring.data.value("keys", Json::object());
  for (const auto& [kid, key] : keys.items()) out.links.emplace_back("kid", kid);
  return out;
}

bool KeyRing::readable(const Instance& ring, const Actor& actor, const View& view) const {
  if (actor.system || is_own(ring, actor)) return true;
  const std::string person = text_of(ring.personal, "person");
  return oversees(actor, "admin", person, view) || oversees(actor, "auditor", person, view);
}

Json KeyRing::show(const Instance& ring, const Actor&, const View& view) const {
  const Json keys = ring.data.value("keys", Json::object()), about = ring.personal->value("keys", Json::object());
  Json shown = Json::array();
  for (const auto& [kid, key] : keys.items()) {
    Json item = key;
    if (const auto known = about.find(kid); known != about.end()) item.update(*known);
    item["kid"] = kid;
    item["counter"] = view.counter(counter_of(kid));
    shown.push_back(std::move(item));
  }
  Json people = Json::object();
  const Json known = ring.personal->value("people", Json::object());
  for (const auto& [name, person] : known.items()) people[name] = {{"name", text_of(person, "name")}};
  return {{"person", text_of(ring.personal, "person")}, {"keys", std::move(shown)}, {"people", std::move(people)}};
}

}  // namespace sparkgate::keys
