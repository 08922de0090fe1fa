#include "workflows/report/hand_off.h"

#include <algorithm>
#include <iterator>

#include "certs/box.h"
#include "certs/padding.h"
#include "engine/base/codes.h"
#include "engine/base/json.h"
#include "workflows/report/filing.h"

namespace sparkgate::report {
namespace {

constexpr uint64_t k_most_hours = 24;

std::string hour_of(Time at) { return format_time(std::chrono::floor<hours>(at)); }

constexpr Code k_final[] = {Code::unknown_reference, Code::payload_invalid, Code::hand_off_unreadable};

bool is_final(Code code) { return std::find(std::begin(k_final), std::end(k_final), code) != std::end(k_final); }

BoxKey box_key(const Intake& intake, std::string_view key) { return {intake.pepper.view(), key, "wb/hand-off/v1"}; }

Result<Json> referral_of(const StoredHandOff& waiting, const Intake& intake) {
  const auto padded = open_box(box_key(intake, waiting.key), intake.tenant, waiting.sealed);
  const auto text = padded ? unpad_text(padded->view()) : std::nullopt;
  if (!text) return refuse(Code::hand_off_unreadable);
  return parse_json(text->view());
}

Result<std::string> refer_one(const StoredHandOff& waiting, const Intake& intake, const Refer& refer) {
  const auto referral = referral_of(waiting, intake);
  if (!referral) return tl::make_unexpected(referral.error());
  return refer(waiting.key, *referral);
}

}  // namespace

Result<StoredHandOff> make_hand_off(const Json& referral, bool is_urgent, const Intake& intake) {
  const auto padded = pad_text(canonical(referral));
  if (!padded) return invalid_report("文字过长", "a text is too long");
  const Time now = intake.clock.wall();
  const Time due = is_urgent ? now : now + hours(1 + below(k_most_hours, intake.random));
  const std::string key = random_name(intake.random);
  return StoredHandOff{key, hour_of(due), close_box(box_key(intake, key), intake.tenant, padded->view()), ""};
}

Result<int> hand_over_due(Intake& intake, const Refer& refer) {
  std::vector<StoredHandOff> due;
  intake.store.read([&](IntakeReader& reader) { due = reader.hand_offs_due(hour_of(intake.clock.wall())); });
  int done = 0;
  for (StoredHandOff& one : due) {
    const auto referred = refer_one(one, intake, refer);
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
