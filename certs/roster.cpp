#include "certs/roster.h"

#include <algorithm>
#include <optional>
#include <set>

#include "certs/x25519.h"
#include "engine/base/digest.h"
#include "engine/base/json.h"

namespace sparkgate {
namespace {

using Fault = std::optional<RosterFault>;

constexpr size_t k_key_bytes = 32;
constexpr size_t k_max_text_bytes = 200;
constexpr size_t k_least_officers = 2;
constexpr int k_roster_depth = 3;

constexpr std::string_view k_members[] = {"epoch", "expires", "issued", "officers", "tenant"};
constexpr std::string_view k_officer_members[] = {"from", "id", "name", "reading_key", "signing_key"};

template <size_t N>
bool has_members(const Json& json, const std::string_view (&names)[N]) {
  return json.is_object() &&
         std::all_of(std::begin(names), std::end(names), [&](std::string_view name) { return json.contains(name); });
}

template <size_t N>
bool has_others(const Json& json, const std::string_view (&names)[N]) {
  return json.is_object() && std::any_of(json.items().begin(), json.items().end(), [&](const auto& member) {
           return std::find(std::begin(names), std::end(names), member.key()) == std::end(names);
         });
}

bool put_text(const Json& json, std::string& out) {
  if (!json.is_string()) return false;
  out = json.get<std::string>();
  return !out.empty() && out.size() <= k_max_text_bytes;
}

bool put_key(const Json& json, std::string& out) {
  const auto raw = json.is_string() ? from_base64(json.get_ref<const std::string&>()) : std::nullopt;
  out = raw.value_or("");
  return out.size() == k_key_bytes;
}

// From 1 on; parse_json lets in nothing that JSON could not tell exactly.
bool put_epoch(const Json& json, uint64_t& out) {
  if (!json.is_number_integer() || json.get<int64_t>() < 1) return false;
  out = json.get<uint64_t>();
  return true;
}

bool put_time(const Json& json, Time& out) {
  if (!json.is_string()) return false;
  const auto time = parse_time(json.get_ref<const std::string&>());
  out = time.value_or(Time{});
  return time && format_time(*time) == json.get_ref<const std::string&>();
}

Fault read_officer(const Json& json, RosterOfficer& out) {
  if (has_others(json, k_officer_members)) return RosterFault::unknown_member;
  const bool good = has_members(json, k_officer_members) && put_time(json["from"], out.from) &&
                    put_text(json["id"], out.id) && put_text(json["name"], out.name) &&
                    put_key(json["reading_key"], out.reading_key) && put_key(json["signing_key"], out.signing_key);
  return good ? Fault() : RosterFault::malformed;
}

Fault read_all(std::string_view text, Roster& out) {
  const auto json = parse_json(text, k_roster_depth);
  if (!json || canonical(*json) != text) return RosterFault::malformed;
  if (has_others(*json, k_members)) return RosterFault::unknown_member;
  const bool good = has_members(*json, k_members) && put_epoch(json->at("epoch"), out.epoch) &&
                    put_time(json->at("expires"), out.expires) && put_time(json->at("issued"), out.issued) &&
                    put_text(json->at("tenant"), out.tenant) && json->at("officers").is_array() &&
                    json->at("officers").size() <= k_max_roster_officers;
  if (!good) return RosterFault::malformed;
  for (const Json& officer : json->at("officers")) {
    if (const Fault fault = read_officer(officer, out.officers.emplace_back())) return fault;
  }
  const bool lasts = out.issued < out.expires && out.expires - out.issued <= k_roster_days;
  return lasts ? Fault() : RosterFault::malformed;
}

Fault fault_of(const std::vector<RosterOfficer>& officers) {
  std::set<std::string_view> ids, keys;
  for (const RosterOfficer& officer : officers) ids.insert(officer.id);
  if (ids.size() != officers.size()) return RosterFault::duplicate_officer;
  for (const RosterOfficer& officer : officers) keys.insert({officer.reading_key, officer.signing_key});
  if (keys.size() != 2 * officers.size()) return RosterFault::duplicate_key;
  const bool usable = std::all_of(officers.begin(), officers.end(),
                                  [](const RosterOfficer& officer) { return is_x25519_public(officer.reading_key); });
  return usable ? Fault() : RosterFault::unusable_key;
}

Fault fault_of(const Roster& roster, const RosterCheck& check) {
  if (roster.tenant != check.tenant) return RosterFault::wrong_tenant;
  if (const Fault fault = fault_of(roster.officers)) return fault;
  if (roster.issued > check.at + k_roster_skew) return RosterFault::not_yet_issued;
  if (roster.expires <= check.at) return RosterFault::expired;
  return roster.epoch < check.highest_epoch ? RosterFault::old_epoch : Fault();
}

Json to_json(const RosterOfficer& officer) {
  return {{"from", format_time(officer.from)},
          {"id", officer.id},
          {"name", officer.name},
          {"reading_key", base64(officer.reading_key)},
          {"signing_key", base64(officer.signing_key)}};
}

}  // namespace

std::string roster_text(const Roster& roster) {
  Json officers = Json::array();
  for (const RosterOfficer& officer : roster.officers) officers.push_back(to_json(officer));
  return canonical({{"epoch", roster.epoch},
                    {"expires", format_time(roster.expires)},
                    {"issued", format_time(roster.issued)},
                    {"officers", std::move(officers)},
                    {"tenant", roster.tenant}});
}

std::string roster_to_sign(std::string_view text) { return std::string("wb/roster/v1").append(text); }

std::string_view name_of(RosterFault fault) {
  constexpr std::string_view k_names[] = {"too_large",      "wrong_signature",   "malformed",     "unknown_member",
                                          "wrong_tenant",   "duplicate_officer", "duplicate_key", "unusable_key",
                                          "not_yet_issued", "expired",           "old_epoch"};
  return k_names[static_cast<size_t>(fault)];
}

tl::expected<Roster, RosterFault> read_roster(std::string_view text, std::string_view signature,
                                              const RosterCheck& check) {
  if (text.size() > k_max_roster_bytes) return tl::unexpected(RosterFault::too_large);
  if (check.lead.type() != KeyType::ed25519 || !check.lead.verify(roster_to_sign(text), signature)) {
    return tl::unexpected(RosterFault::wrong_signature);
  }
  Roster roster;
  Fault fault = read_all(text, roster);
  if (!fault) fault = fault_of(roster, check);
  if (fault) return tl::unexpected(*fault);
  return roster;
}

std::vector<RosterOfficer> valid_officers(const Roster& roster, Time at) {
  std::vector<RosterOfficer> out;
  std::copy_if(roster.officers.begin(), roster.officers.end(), std::back_inserter(out),
               [&](const RosterOfficer& officer) { return officer.from <= at; });
  return out;
}

bool has_enough_officers(const Roster& roster, Time at) {
  return valid_officers(roster, at).size() >= k_least_officers;
}

}  // namespace sparkgate
