// What can happen to a report, row by row: who does it, and whether something is said to the other side with it.
#pragma once

#include <string_view>
#include <vector>

#include "engine/base/refusal.h"
#include "workflows/report/history.h"

namespace sparkgate::report {

/// What goes with an event to the other side.
enum class Says { nothing, may, must };

struct EventRow {
  std::string_view name;
  Text label;
  By by;
  Says says;
  /// Whether a fact, which changes no state, may be told now; nullptr for what lifecycle.h says.
  bool (*may)(const StoredReport& report, const History& history) = nullptr;
};

const std::vector<EventRow>& events();
/// nullptr when there is no such event.
const EventRow* event_row(std::string_view name);

struct StateRow {
  std::string_view name;
  Text label;
  Text told;  // to whoever reported
  bool is_ended;
  int kept_days = 0;  // after the end; see SECURITY.md
};

const std::vector<StateRow>& states();
/// For what is no state (somebody wrote to the database) a row that has not ended.
const StateRow& state_row(std::string_view name);

}  // namespace sparkgate::report
