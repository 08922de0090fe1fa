// Running totals of a workflow for statistics: each counts for the area where it happens and for all above it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/workflow.h"

namespace sparkgate {

/// "permits/500230/day/2026-08-14/approved/one"; `area` "": all areas.
std::string total_name(std::string_view of, std::string_view area, std::string_view what);

/// One more of `what` in each of the areas (nearest first, as they were recorded) and in all of them.
void count_total(std::string_view of, const Json& areas, std::string_view what, int64_t change,
                 std::vector<Tally>& totals);

/// An instance counts under a name for as long as it is one of that kind: what it leaves and what it enters. "": none.
void move_total(std::string_view of, const Instance& before, std::string_view leaves, const Instance& after,
                std::string_view enters, std::vector<Tally>& totals);

}  // namespace sparkgate
