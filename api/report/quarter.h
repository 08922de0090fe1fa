// Counts of reports by quarters that are over: spans that cannot overlap tell of no difference between them.
#pragma once

#include "api/call.h"
#include "workflows/report/statistics.h"

namespace sparkgate::api {

struct Quarter {
  std::string name;         // "2026-Q3"
  std::string first, last;  // days
};

/// `quarter` of the query. Refuses parameter_invalid for what is none, and for one that is not over.
Result<Quarter> quarter_asked(const Call& call);

/// {quarter, shown, all, by_category, by_state, by_clock}; rows of [{name, label, number}], number null where hidden.
Json statistics_json(const report::Statistics& counted, const Quarter& quarter, Language language);

}  // namespace sparkgate::api
