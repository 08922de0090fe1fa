#include "workflows/report/intake.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "engine/base/json.h"
#include "workflows/report/events.h"
#include "workflows/report/lifecycle.h"

namespace sparkgate::report {
namespace {

constexpr size_t k_name_bytes = 16;
constexpr size_t k_leaf_salt_bytes = 32;

bool has_objected(IntakeReader& reader, const std::string& report) {
  for (const StoredStep& step : reader.steps(report)) {
    if (text_of(parse_json(step.text).value(), "event") == "object") return true;
  }
  return false;
}

// Facts that change no state.
bool is_fact(std::string_view event) {
  constexpr std::string_view facts[] = {"say", "answer", "claim_reward", "hold", "release", "escalate"};
  return std::find(std::begin(facts), std::end(facts), event) != std::end(facts);
}

Result<std::string> next_state(IntakeReader& reader, const StoredReport& report, std::string_view event) {
  if (is_fact(event)) return report.state;
  auto next = step(report.state, event, !has_objected(reader, report.id));
  if (next) return std::move(*next);
  const EventRow* row = event_row(event);
  const Text state = report.state.empty() ? Text() : state_row(report.state).label;
  return refuse(Code::wrong_state, {{"event", row ? bilingual(row->label.zh, row->label.en) : Json(event)},
                                    {"state", bilingual(state.zh, state.en)}});
}

}  // namespace

std::string random_name(Random& random) { return hex(random.bytes(k_name_bytes)); }

Result<void> take_step(IntakeWriter& writer, StoredReport& report, std::string_view event, const std::string& by,
                       const Intake& intake, const Json& about) {
  auto next = next_state(writer, report, event);
  if (!next) return tl::make_unexpected(next.error());
  // The salt keeps whoever knows what happened from finding it among a day's hashes.
  Json json = {{"by", by},       {"event", event},
               {"report", report.id}, {"salt", hex(intake.random.bytes(k_leaf_salt_bytes))},
               {"sequence", report.version}, {"state", *next}};
  if (!about.empty()) json["about"] = about;
  const std::string text = canonical(json);
  report.state = std::move(*next);
  ++report.version;
  report.due = due_of(report, intake.works_on);
  report.expires = state_row(report.state).is_ended ? days_after(intake.today(), k_kept_days) : "";
  writer.put(report);
  writer.add(StoredStep{report.id, report.version - 1, text});
  writer.add_leaf(intake.today(), bytes_of(sha256(text)));
  return {};
}

}  // namespace sparkgate::report
