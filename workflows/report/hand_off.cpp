#include "workflows/report/hand_off.h"

#include "engine/base/codes.h"
#include "engine/base/json.h"

namespace sparkgate::report {
namespace {

constexpr uint64_t k_most_hours = 24;

std::string hour_of(Time at) { return format_time(std::chrono::floor<hours>(at)); }

bool is_final(Code code) { return code == Code::unknown_reference || code == Code::payload_invalid; }

}  // namespace

StoredHandOff make_hand_off(const Json& referral, bool is_urgent, const Intake& intake) {
  const Time now = intake.clock.wall();
  const Time due = is_urgent ? now : now + hours(1 + below(k_most_hours, intake.random));
  return {random_name(intake.random), hour_of(due), canonical(referral), ""};
}

Result<int> hand_over_due(Intake& intake, const Refer& refer) {
  std::vector<StoredHandOff> due;
  intake.store.read([&](IntakeReader& reader) { due = reader.hand_offs_due(hour_of(intake.clock.wall())); });
  int done = 0;
  for (StoredHandOff& one : due) {
    const auto referred = refer(one.key, parse_json(one.command).value());
    if (!referred && !is_final(referred.error().code)) return tl::make_unexpected(referred.error());
    const Json outcome = referred ? Json{{"inspection", *referred}}
                                  : Json{{"refused", refusal_row(referred.error().code).name}};
    one = {one.key, "", "", canonical(outcome)};
    intake.store.write([&](IntakeWriter& writer) { writer.put(one); });
    ++done;
  }
  return done;
}

}  // namespace sparkgate::report
