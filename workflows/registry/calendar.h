// Days of work and of rest, as the register's calendars have them.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::registry {

/// Weekends rest unless the year's calendar makes them workdays; its holidays rest on any day of the week. `day`:
/// "2026-11-28".
bool is_rest_day(const View& view, const std::string& day);

}  // namespace sparkgate::registry
