#include "workflows/signing/offer.h"

#include "engine/base/codes.h"
#include "workflows/keys/ring.h"

namespace sparkgate::signing {
namespace {

constexpr minutes k_intent_lifetime(10);

// The caller's keys in force that may sign the event, the latest first.
Json keys_of(const EventSpec& event, const Actor& actor, const View& view) {
  Json out = Json::array();
  const InstancePtr ring = keys::ring_of_person(view, actor.person);
  if (!ring) return out;
  const Json all = ring->data.value("keys", Json::object()), about = ring->personal->value("keys", Json::object());
  std::multimap<std::string, Json, std::greater<>> by_time;
  for (const auto& [kid, key] : all.items()) {
    const bool may =
        event.signing == Signing::enroller_key ? keys::is_enroller_key(*ring, kid) : keys::is_active(*ring, kid);
    if (!may || !about.contains(kid)) continue;
    Json item = {{"kid", kid}, {"kind", key.at("kind")}, {"counter", view.counter(keys::counter_of(kid))}};
    for (const char* member : {"label", "credential"}) {
      if (about[kid].contains(member)) item[member] = about[kid][member];
    }
    by_time.emplace(text_of(key, "active_at"), std::move(item));
  }
  for (auto& [at, item] : by_time) out.push_back(std::move(item));
  return out;
}

// As the engine will ask, with a cast of its own that nobody keeps.
Result<Decision> try_out(const Workflow& workflow, const Situation& situation, const Json& payload) {
  Cast cast(people_of(situation.instance));
  cast.name(situation.actor.person, {{"name", situation.actor.name}});
  return workflow.decide(situation, payload, cast);
}

Result<void> choose_key(const Json& keys, std::string_view wanted, Intent& intent) {
  for (const Json& key : keys) {
    if (!wanted.empty() && text_of(key, "kid") != wanted) continue;
    intent.key = text_of(key, "kid");
    intent.counter = key.at("counter").get<int64_t>() + 1;
    return {};
  }
  return refuse(Code::key_not_active);
}

}  // namespace

Result<Json> offer(std::string_view origin, const Workflow& workflow, const EventSpec& event,
                   const Situation& situation, const Json& payload, std::string_view wanted_key) {
  if (event.signing == Signing::none) return refuse(Code::signing_unused, {{"event", event.name}});
  const auto decided = try_out(workflow, situation, payload);
  if (!decided) return tl::make_unexpected(decided.error());
  const SigningTerms terms = workflow.signing_terms(situation.instance, event.name);
  Intent intent;
  intent.origin = origin;
  intent.workflow = workflow.description().name;
  intent.instance = situation.instance.id;
  intent.event = event.name;
  intent.seen_seq = situation.instance.version - 1;
  intent.scope_hash = terms.scope_hash;
  intent.payload_hash = payload_hash(payload);
  intent.pack = terms.pack;
  intent.not_after = situation.at + k_intent_lifetime;
  Json keys = Json::array();
  if (event.signing == Signing::new_key) {
    intent.key = text_of(decided->facts, "kid");
  } else {
    keys = keys_of(event, situation.actor, situation.view);
    if (auto chosen = choose_key(keys, wanted_key, intent); !chosen) return tl::make_unexpected(chosen.error());
  }
  return Json{{"intent", intent.text()},
              {"key", intent.key},
              {"counter", intent.counter},
              {"not_after", format_time(intent.not_after)},
              {"keys", std::move(keys)}};
}

}  // namespace sparkgate::signing
