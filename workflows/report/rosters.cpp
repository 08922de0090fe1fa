#include "workflows/report/rosters.h"

#include <algorithm>
#include <charconv>
#include <fstream>

#include "certs/x25519.h"
#include "engine/base/codes.h"
#include "engine/base/json.h"
#include "engine/store/durable_file.h"

namespace sparkgate::report {
namespace {

tl::unexpected<Refusal> closed(std::string_view zh, std::string_view en) {
  return refuse(Code::intake_closed, {{"reason", bilingual(zh, en)}});
}

std::optional<Time> issued_of(const std::string& text) {
  const auto json = parse_json(text);
  const auto issued = json ? parse_time(text_of(*json, "issued")) : Result<Time>(refuse(Code::roster_refused));
  return issued ? std::optional(*issued) : std::nullopt;
}

std::set<std::string> reading_keys(const Roster& roster) {
  std::set<std::string> out;
  for (const RosterOfficer& officer : roster.officers) out.insert(key_id_of(officer.reading_key));
  return out;
}

bool has_left(const Roster& before, const Roster& after) {
  const std::set<std::string> old = reading_keys(before), now = reading_keys(after);
  return !std::includes(now.begin(), now.end(), old.begin(), old.end());
}

}  // namespace

Result<uint64_t> EpochFile::highest() const {
  if (!std::filesystem::exists(file_)) return 0;
  const auto text = read_secret(file_);
  if (!text) return tl::make_unexpected(text.error());
  uint64_t epoch = 0;
  const char* const end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, epoch);
  if (error != std::errc() || std::string_view(rest, end - rest) != "\n") {
    return refuse(Code::file_unreadable,
                  {{"path", file_.string()}, {"reason", bilingual("不是名册期号", "it holds no epoch")}});
  }
  return epoch;
}

Result<void> EpochFile::raise(uint64_t epoch) const {
  const auto before = highest();
  if (!before) return tl::make_unexpected(before.error());
  return epoch > *before ? replace_durably(file_, std::to_string(epoch) + "\n") : Result<void>();
}

std::optional<PublicKey> LeadFile::key() const {
  std::ifstream in(file_);
  std::string line;
  std::getline(in, line);
  const auto raw = from_hex(line);
  const auto key = raw ? PublicKey::from_raw(KeyType::ed25519, *raw) : Result<PublicKey>(refuse(Code::key_invalid));
  return key ? std::optional(*key) : std::nullopt;
}

Result<void> LeadFile::put(const PublicKey& key) const { return replace_durably(file_, hex(key.raw()) + "\n"); }

std::optional<Roster> roster_as_issued(const StoredRoster& stored, const PublicKey& lead, const std::string& tenant) {
  const auto issued = issued_of(stored.text);
  if (!issued) return std::nullopt;
  auto roster = read_roster(stored.text, stored.signature, {lead, tenant, *issued, 0});
  return roster ? std::optional(std::move(*roster)) : std::nullopt;
}

Result<Roster> Rosters::verified(const StoredRoster& roster) const {
  const auto lead = lead_.key();
  if (!lead) return closed("尚未设置受理负责人的公钥", "the intake lead's key is not set");
  const auto highest = epochs_.highest();
  if (!highest) return tl::make_unexpected(highest.error());
  auto read = read_roster(roster.text, roster.signature, {*lead, tenant_, clock_.wall(), *highest});
  if (!read) return refuse(Code::roster_refused, {{"reason", name_of(read.error())}});
  return std::move(*read);
}

Result<Roster> Rosters::current() const {
  std::vector<StoredRoster> all;
  store_.read([&](IntakeReader& reader) { all = reader.rosters(); });
  if (all.empty()) return closed("尚无受理人员名册", "there is no roster of officers");
  auto roster = verified(all.back());
  if (!roster && roster.error().code == Code::roster_refused) {
    return closed("受理人员名册无效", "the roster of officers does not hold");
  }
  if (roster && !has_enough_officers(*roster, clock_.wall())) {
    return closed("在册受理人员不足两人", "there are fewer than two officers");
  }
  if (!roster) return roster;
  // It may have been taken in just before a crash.
  if (auto raised = epochs_.raise(roster->epoch); !raised) return tl::make_unexpected(raised.error());
  return roster;
}

std::vector<std::optional<Roster>> Rosters::all() const {
  std::vector<StoredRoster> stored;
  store_.read([&](IntakeReader& reader) { stored = reader.rosters(); });
  std::vector<std::optional<Roster>> out;
  const auto lead = lead_.key();
  for (const StoredRoster& one : stored) {
    out.push_back(lead ? roster_as_issued(one, *lead, tenant_) : std::nullopt);
  }
  return out;
}

SigningKeys Rosters::signing_keys() const {
  SigningKeys keys;
  for (const auto& roster : all()) {
    if (!roster) continue;
    for (const RosterOfficer& officer : roster->officers) keys[officer.id].insert(officer.signing_key);
  }
  return keys;
}

// After one that is not the lead's (the lead's key was replaced) nobody knows who was on it: somebody may have left.
uint64_t Rosters::newest_leaving() const {
  const auto rosters = all();
  uint64_t epoch = 0;
  for (size_t i = 1; i < rosters.size(); ++i) {
    if (rosters[i] && (!rosters[i - 1] || has_left(*rosters[i - 1], *rosters[i]))) epoch = rosters[i]->epoch;
  }
  return epoch;
}

Result<uint64_t> Rosters::next_epoch() const {
  auto epoch = epochs_.highest();
  if (!epoch) return epoch;
  for (const auto& roster : all()) {
    if (roster) *epoch = std::max(*epoch, roster->epoch);
  }
  return *epoch + 1;
}

// The file comes last: it must never be ahead of what is stored. Where a crash keeps it from being written, current()
// does it.
Result<Roster> Rosters::accept(const StoredRoster& stored, const std::function<void(IntakeWriter&)>& together) const {
  auto roster = verified(stored);
  if (!roster) return roster;
  store_.write([&](IntakeWriter& writer) {
    if (together) together(writer);
    writer.add(StoredRoster{static_cast<int64_t>(roster->epoch), stored.text, stored.signature});
    const std::set<std::string> kept = reading_keys(*roster);
    for (const std::string& key : writer.wrapped_keys()) {
      if (!kept.contains(key)) writer.remove_wraps_of_key(key);
    }
  });
  if (auto raised = epochs_.raise(roster->epoch); !raised) return tl::make_unexpected(raised.error());
  return roster;
}

}  // namespace sparkgate::report
