// Counts and times of permits by day and by area, from running totals: what it costs depends on the days and areas
// asked for, never on how many permits there are.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> get_statistics(const Call& call);  // GET /api/v1/statistics

}  // namespace sparkgate::api
