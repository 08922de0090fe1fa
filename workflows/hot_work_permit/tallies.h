// What statistics count of permits: how many came to what on each day, how long decisions took, what is under way.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/zone.h"

namespace sparkgate::permit {

inline constexpr std::string_view k_totals = "permits";
inline constexpr std::string_view k_counted_kinds[] = {"submitted", "approved", "rejected", "returned",  "started",
                                                       "suspended", "expired",  "revoked",  "withdrawn", "closed"};

/// Names (workflows/totals.h), for each area:
///   day/2026-08-14/approved/one   what came to that on that day, by grade ("none" before one was computed)
///   decided/2026-08-14/23         decisions of that day whose time from submit to decision was of that class
///   in_time/2026-08-14            those of them that came before the window began
///   now/InProgress/one            permits in that state now, but for those that have ended
std::vector<Tally> tallies_of(const Description& description, const Instance& before, const Instance& after,
                              const Recorded& entry, const rules::Zone& zone);

/// Of the class ("23"): about how many hours. Neighbouring classes differ by a fifth, so it is right within a tenth.
double hours_of_class(int number);

}  // namespace sparkgate::permit
