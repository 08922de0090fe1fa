#include "workflows/report/history.h"

#include <algorithm>

#include "workflows/report/events.h"
#include "workflows/report/lifecycle.h"

namespace sparkgate::report {

History History::of(IntakeReader& reader, const std::string& report) {
  History out;
  for (const StoredStep& stored : reader.steps(report)) {
    const auto json = parse_json(stored.text);
    if (!json || !json->is_object()) {
      ++out.broken_;
      continue;
    }
    out.steps_.push_back({stored.sequence, text_of(*json, "event"), text_of(*json, "by"), text_of(*json, "state"),
                          json->value("about", Json::object())});
  }
  return out;
}

const Step* History::newest(std::string_view event) const {
  const auto at = std::find_if(steps_.rbegin(), steps_.rend(), [&](const Step& step) { return step.event == event; });
  return at == steps_.rend() ? nullptr : &*at;
}

bool was_found_true(const History& history) {
  const Step* yes = history.newest("substantiate");
  const Step* no = history.newest("refute");
  return yes && (!no || no->sequence < yes->sequence);
}

std::optional<std::string> next_state(const StoredReport& report, const History& history, std::string_view event) {
  const EventRow* row = event_row(event);
  const bool is_altered = !report.state.empty() && state_row(report.state).name.empty();  // empty: not yet filed
  if (!row || is_altered) return std::nullopt;
  if (row->may) return row->may(report, history) ? std::optional(report.state) : std::nullopt;
  return step(report.state, event, !history.has("object"));
}

std::vector<std::string> next_events(const StoredReport& report, const History& history, By by) {
  std::vector<std::string> out;
  for (const EventRow& row : events()) {
    if (row.by == by && next_state(report, history, row.name)) out.emplace_back(row.name);
  }
  return out;
}

}  // namespace sparkgate::report
