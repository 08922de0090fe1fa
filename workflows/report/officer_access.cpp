#include "workflows/report/officer_access.h"

#include <algorithm>

#include "engine/base/codes.h"

namespace sparkgate::report {

// Its very keys: an officer's row in the database may be anybody's, the roster is the lead's.
Result<OfficerAccess> OfficerAccess::admit(const Intake& intake, const Unlocked& officer) {
  auto roster = intake.rosters.current();
  if (!roster) return tl::make_unexpected(roster.error());
  auto readers = valid_officers(*roster, intake.clock.wall());
  const bool is_on_it = std::any_of(readers.begin(), readers.end(), [&](const RosterOfficer& row) {
    return row.id == officer.officer && row.reading_key == officer.keys.reading.public_key() &&
           row.signing_key == officer.keys.signing.public_key();
  });
  if (!is_on_it) return refuse(Code::not_an_officer);
  return OfficerAccess(intake, officer, std::move(*roster), std::move(readers));
}

std::optional<Opened> OfficerAccess::open(IntakeReader& reader, const StoredWrap& wrap) const {
  auto stored = reader.report(wrap.report);
  auto secret = stored ? secret_for_reader(intake_.tenant, wrap, officer_.keys.reading) : std::nullopt;
  auto thread = secret ? Thread::open(intake_.tenant, *stored, std::move(*secret)) : std::nullopt;
  if (!thread) return std::nullopt;
  return Opened{std::move(*stored), std::move(*thread)};
}

std::optional<Opened> OfficerAccess::open(IntakeReader& reader, const std::string& report) const {
  const std::string key_id = key_id_of(officer_.keys.reading.public_key());
  const auto wraps = reader.wraps_of_report(report);
  const auto own = std::find_if(wraps.begin(), wraps.end(), [&](const auto& wrap) { return wrap.key_id == key_id; });
  return own == wraps.end() ? std::nullopt : open(reader, *own);
}

std::vector<Opened> OfficerAccess::all(IntakeReader& reader) const {
  std::vector<Opened> out;
  for (const StoredWrap& wrap : reader.wraps_of_key(key_id_of(officer_.keys.reading.public_key()))) {
    if (auto opened = open(reader, wrap)) out.push_back(std::move(*opened));
  }
  return out;
}

}  // namespace sparkgate::report
