#include "workflows/field/provenance.h"

#include "engine/base/codes.h"

namespace sparkgate::field {
namespace {

constexpr const char* k_field = "field";
const Json k_nothing = Json::object();

const Json& part(const Json& object, std::string_view member) {
  const auto it = object.find(member);
  return it == object.end() ? k_nothing : *it;
}

Happened happened(Time at, const Json& field) {
  if (field.empty()) return {at, at};
  const auto earliest = parse_time(text_of(field, "earliest")), latest = parse_time(text_of(field, "latest"));
  return earliest && latest ? Happened{*earliest, *latest} : Happened{at, at};
}

}  // namespace

Json provenance_of(const Claim& claim, const std::string& kid, const Placing* placing) {
  Json field = {{"device", kid}, {"id", claim.id}, {"seq", claim.seq}, {"digest", digest_of(claim.text)}};
  if (placing) field.update(to_json(*placing));
  return {{k_field, std::move(field)}, {"proof", {{"text", claim.text}, {"signature", claim.signature}}}};
}

Happened happened(const Situation& situation) {
  return happened(situation.at, situation.provenance ? part(*situation.provenance, k_field) : k_nothing);
}

Happened happened(const Recorded& entry) { return happened(entry.at, part(entry.facts, k_field)); }

std::optional<Known> known(const Instance& instance, std::string_view kid, std::string_view id) {
  const Json& events = part(part(instance.data, k_field), kid);
  const auto found = events.find(id);
  if (found == events.end()) return std::nullopt;
  return Known{found->at(0).get<int64_t>(), found->at(1).get<std::string>()};
}

Result<void> check_new(const Instance& instance, const Json& field) {
  if (known(instance, text_of(field, "device"), text_of(field, "id"))) {
    return refuse(Code::field_id_reused, {{"id", text_of(field, "id")}});
  }
  if (part(part(instance.data, k_field), text_of(field, "device")).size() < k_most_events) return {};
  return refuse(Code::field_full, {{"limit", k_most_events}});
}

Json told_refusal(std::string_view code, const Json& details) {
  Json out = {{"code", code}};
  for (const RefusalRow& row : all_refusals()) {
    if (row.name != code) continue;
    const Text title = fill(row.zh, row.en, details), remedy = fill(row.remedy_zh, row.remedy_en, details);
    out["title"] = bilingual(title.zh, title.en);
    out["remedy"] = bilingual(remedy.zh, remedy.en);
  }
  return out;
}

void remember(Instance& before, const Recorded& entry) {
  const Json& field = part(entry.facts, k_field);
  if (field.empty()) return;
  before.data[k_field][text_of(field, "device")][text_of(field, "id")] = {before.version, field.at("digest")};
}

}  // namespace sparkgate::field
