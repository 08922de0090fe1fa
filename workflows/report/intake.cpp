#include "workflows/report/intake.h"

#include <numeric>

#include "engine/base/codes.h"
#include "engine/base/json.h"
#include "workflows/report/events.h"
#include "workflows/report/history.h"

namespace sparkgate::report {
namespace {

constexpr size_t k_name_bytes = 16;
constexpr size_t k_leaf_salt_bytes = 32;

}  // namespace

std::string random_name(Random& random) { return hex(random.bytes(k_name_bytes)); }

uint64_t below(uint64_t limit, Random& random) {
  const std::string bytes = random.bytes(8);
  const uint64_t number = std::accumulate(bytes.begin(), bytes.end(), uint64_t{0}, [](uint64_t sum, char c) {
    return sum << 8 | static_cast<unsigned char>(c);
  });
  return number % limit;  // a bias of 2^-50 tells nothing
}

Refusal not_now(const StoredReport& report, std::string_view event) {
  const EventRow* row = event_row(event);
  const Text state = report.state.empty() ? Text() : state_row(report.state).label;
  return {Code::wrong_state, {{"event", row ? bilingual(row->label.zh, row->label.en) : Json(event)},
                              {"state", bilingual(state.zh, state.en)}}};
}

Result<void> take_step(IntakeWriter& writer, StoredReport& report, std::string_view event, const std::string& by,
                       const Intake& intake, const Json& about) {
  auto next = next_state(report, History::of(writer, report.id), event);
  if (!next) return tl::make_unexpected(not_now(report, event));
  // The salt keeps whoever knows what happened from finding it among a day's hashes.
  Json json = {{"by", by},       {"event", event},
               {"report", report.id}, {"salt", hex(intake.random.bytes(k_leaf_salt_bytes))},
               {"sequence", report.version}, {"state", *next}};
  if (!about.empty()) json["about"] = about;
  const std::string text = canonical(json);
  report.state = std::move(*next);
  report.is_held = event == "hold" || (report.is_held && event != "release");
  ++report.version;
  report.due = due_of(report, intake.works_on);
  const StateRow& state = state_row(report.state);
  report.expires = state.is_ended ? days_after(intake.today(), state.kept_days) : "";
  writer.put(report);
  writer.add(StoredStep{report.id, report.version - 1, text});
  writer.add_leaf(intake.today(), bytes_of(sha256(text)));
  return {};
}

}  // namespace sparkgate::report
