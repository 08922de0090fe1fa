#include "workflows/keys/decisions.h"

#include <set>

#include "engine/base/codes.h"
#include "engine/base/messages.h"
#include "workflows/keys/key.h"

namespace sparkgate::keys {
namespace {

constexpr size_t k_most_keys = 50;  // of one ring, ended ones too: it is one instance

// Every member stays under its own name, since what was signed is put together again from the entry.
void keep_payload(const Deciding& d, Decision& decision) {
  for (const auto& [name, value] : d.payload.items()) {
    const bool is_fact = name == "kid" || name == "kind" || name == "reason" || name == "enroller";
    (is_fact ? decision.facts : decision.personal)[name] = value;
  }
}

bool administers_self(const Deciding& d) {
  return oversees(d.situation.actor, "admin", d.situation.actor.person, d.situation.view);
}

Result<Decision> take_key(const Deciding& d) {
  const View& view = d.situation.view;
  const std::string& person = d.situation.actor.person;
  if (text_of(d.payload, "person") != person) {
    return refuse(Code::payload_invalid,
                  {{"path", "/person"}, {"reason", bilingual("须为本人", "must be the person who sends it")}});
  }
  const auto key = read_key(text_of(d.payload, "kind"), text_of(d.payload, "public_key"));
  if (!key) return tl::make_unexpected(key.error());
  if (ring_of_key(view, key->kid)) return refuse(Code::already_registered, {{"key", key->kid}});
  if (d.situation.instance.data.value("keys", Json::object()).size() >= k_most_keys) {
    return refuse(Code::too_many_keys, {{"limit", k_most_keys}});
  }
  Decision decision;
  keep_payload(d, decision);
  decision.facts["kid"] = key->kid;
  const bool is_root = administers_self(d) && enrollers_of(person, view) < d.settings.enrollers_needed;
  decision.facts["root"] = is_root;
  if (!is_root) {
    const std::string code(name_of(Message::key_to_endorse));
    decision.notices.push_back({"admin", "", "", "", code, {{"kid", key->kid.substr(0, 16)}}});
  }
  return decision;
}

Result<Decision> enrol(const Deciding& d) {
  const std::string& person = d.situation.actor.person;
  if (const InstancePtr ring = ring_of_person(d.situation.view, person)) {
    return refuse(Code::already_registered, {{"key", ring->id}});
  }
  return take_key(d);
}

// People, not keys, are counted: an enroller's second key adds nothing.
Result<Decision> endorse(const Deciding& d) {
  const Json& key = key_in(d.situation.instance, text_of(d.payload, "kid"));
  if (key.is_null() || text_of(key, "state") == k_ended) return refuse(Code::key_ended);
  std::set<std::string> people;
  for (const Json& endorsement : key.at("endorsements")) people.insert(text_of(endorsement, "by"));
  const bool is_new = people.insert(d.cast.find(d.situation.actor.person)).second;
  if (text_of(key, "state") == k_active || !is_new) return refuse(Code::endorsement_superfluous);
  const std::string owner = text_of(d.situation.instance.personal, "person");
  if (d.payload.value("enroller", false) && !is_administrator(owner, d.situation.view)) {
    return refuse(Code::payload_invalid,
                  {{"path", "/enroller"}, {"reason", bilingual("仅限管理员", "is for administrators alone")}});
  }
  Decision decision;
  keep_payload(d, decision);
  decision.facts["activates"] = people.size() >= d.settings.enrollers_needed;
  return decision;
}

Result<Decision> revoke_key(const Deciding& d) {
  const Json& key = key_in(d.situation.instance, text_of(d.payload, "kid"));
  if (key.is_null() || text_of(key, "state") == k_ended) return refuse(Code::key_ended);
  Decision decision;
  keep_payload(d, decision);
  return decision;
}

Result<Decision> close(const Deciding& d) {
  Decision decision;
  keep_payload(d, decision);
  return decision;
}

struct DecideRow {
  std::string_view event;
  Result<Decision> (*decide)(const Deciding&);
};
constexpr DecideRow k_table[] = {
    {"enrol", enrol}, {"add_key", take_key}, {"endorse", endorse}, {"revoke_key", revoke_key}, {"close", close},
};

}  // namespace

Result<Decision> decide_event(const Deciding& deciding) {
  for (const DecideRow& row : k_table) {
    if (row.event == deciding.situation.event) return row.decide(deciding);
  }
  return refuse(Code::unknown_event, {{"event", deciding.situation.event}});
}

}  // namespace sparkgate::keys
