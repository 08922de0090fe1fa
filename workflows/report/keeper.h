// What happens to reports by itself: what is overdue is marked, what has been kept long enough is erased, and each
// day's journal is closed to one root for the main log.
#pragma once

#include "workflows/report/intake.h"

namespace sparkgate::report {

/// Marks each report whose clock ran out before today, once a clock; how many.
int escalate_overdue(Intake& intake);

/// How many reports ran out of time before today. Officers see it on their own page alone: a notice, or an entry of the
/// main log, would date them.
int count_overdue(IntakeReader& reader, const Intake& intake);

/// Erases what `expires` says, wraps first, then its files. How many reports.
int erase_expired(Intake& intake);

/// Removes sealed files that no item names, once they are older than the longest upload: a crash left them between the
/// file and its item, or between a report's erasure and its files'. How many.
int sweep_files(Intake& intake);

/// Closes every day up to yesterday that is not closed, days without reports too: their absence would tell of the
/// others. The day's salted hashes are shuffled among random ones, 64·2^k in all, so that neither their number nor
/// their order is told. `leaves` of 32 bytes; root as in RFC 9162.
void close_days(Intake& intake);

/// Of 64·2^k leaves.
Digest root_of_day(std::string_view leaves);

inline constexpr std::string_view k_closed_setting = "closed_until";  // of IntakeStore: the last day that was closed

}  // namespace sparkgate::report
