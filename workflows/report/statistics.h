// How many reports there were, for whoever publishes it: counts that give nobody away.
#pragma once

#include <optional>
#include <vector>

#include "workflows/report/officer_desk.h"

namespace sparkgate::report {

inline constexpr int k_fewest = 5;  // a smaller count is not shown

/// A count; nothing where it is hidden.
using Shown = std::optional<int>;

/// Cells of one table: what is below k_fewest is hidden, but for 0; and so many more, the smallest first, that the
/// hidden ones cannot be worked out from the sum. Nothing at all where even that does not hide them.
std::optional<std::vector<Shown>> hide_few(const std::vector<int>& cells);

struct Counted {
  std::string_view name;
  Text label;
  Shown number;
};

struct Statistics {
  bool is_shown = false;  // false: there are too few to tell anything
  int all = 0;
  std::vector<Counted> by_category, by_state, by_clock;  // each adds up to `all`
};

/// Of the reports that were received on those days, both included, as far as the officer may read them: some days that
/// are over for good, such as a quarter, since two spans that overlap would tell of their difference. Refuses as
/// OfficerAccess::admit.
Result<Statistics> statistics(const Intake& intake, const Unlocked& officer, const std::string& from,
                              const std::string& until);

}  // namespace sparkgate::report
