#include "engine/base/codes.h"
#include "workflows/keys/lifecycle.h"
#include "workflows/keys/ring.h"

namespace sparkgate::keys {
namespace {

struct Fold {
  Instance& ring;
  const Recorded& entry;
  std::string at;
  std::string kid() const { return text_of(entry.facts, "kid"); }
  Json& key() const { return ring.data["keys"][kid()]; }
};

void take_key(Fold& fold) {
  const bool is_root = fold.entry.facts.value("root", false);
  Json& key = fold.key();
  key = {{"kind", fold.entry.facts.at("kind")},
         {"state", is_root ? k_active : k_pending},
         {"root", is_root},
         {"enroller", is_root},
         {"enrolled_at", fold.at},
         {"endorsements", Json::array()}};
  if (is_root) key["active_at"] = fold.at;
  if (!fold.entry.personal.is_object()) return;  // erased
  Json personal = *fold.ring.personal;
  if (!personal.contains("person")) personal["person"] = fold.entry.personal.at("person");
  Json& about = personal["keys"][fold.kid()];
  for (const char* member : {"public_key", "label", "credential"}) {
    if (const auto it = fold.entry.personal.find(member); it != fold.entry.personal.end()) about[member] = *it;
  }
  fold.ring.personal = std::move(personal);
}

void endorse(Fold& fold) {
  Json& key = fold.key();
  const Json signed_by = fold.entry.facts.value("signed", Json::object());
  const bool vouches = fold.entry.facts.value("enroller", false);
  Json& endorsements = key["endorsements"];
  endorsements.push_back({{"kid", text_of(signed_by, "kid")}, {"by", fold.entry.actor}, {"enroller", vouches}});
  if (!fold.entry.facts.value("activates", false)) return;
  key["enroller"] = std::all_of(endorsements.begin(), endorsements.end(),
                                [](const Json& one) { return one.at("enroller").get<bool>(); });
  key["state"] = k_active;
  key["active_at"] = fold.at;
}

void end(Json& key, const std::string& at) {
  if (text_of(key, "state") == k_ended) return;
  key["state"] = k_ended;
  key["ended_at"] = at;
}

void revoke_key(Fold& fold) {
  end(fold.key(), fold.at);
  fold.key()["reason"] = text_of(fold.entry.facts, "reason");
}

void close(Fold& fold) {
  for (Json& key : fold.ring.data["keys"]) end(key, fold.at);
}

struct ApplyRow {
  std::string_view event;
  void (*apply)(Fold&);
};
constexpr ApplyRow k_table[] = {
    {"enrol", take_key}, {"add_key", take_key}, {"endorse", endorse}, {"revoke_key", revoke_key}, {"close", close},
};

}  // namespace

Result<void> apply_entry(Instance& ring, const Recorded& entry) {
  const std::string from = ring.state;
  const bool names_a_key_it_has = entry.event == "endorse" || entry.event == "revoke_key";
  if (names_a_key_it_has && key_in(ring, text_of(entry.facts, "kid")).is_null()) {
    return refuse(Code::wrong_state, {{"state", from}, {"event", entry.event}});
  }
  Fold fold{ring, entry, format_time(entry.at)};
  for (const ApplyRow& row : k_table) {
    if (row.event == entry.event) row.apply(fold);
  }
  auto to = step(from, entry.event, {has_active_key(ring)});
  if (!to) return refuse(Code::wrong_state, {{"state", from}, {"event", entry.event}});
  ring.state = std::move(*to);
  return {};
}

}  // namespace sparkgate::keys
