// What officers' routes begin with: the counter where reports come in, and the officer whose keys are open.
#pragma once

#include "api/call.h"
#include "api/report/counter.h"

namespace sparkgate::api {

/// Refuses intake_closed where this service takes no reports.
Result<ReportCounter*> counter_of(const Call& call);

/// An officer at the desk.
struct Desk {
  ReportCounter& counter;
  report::Unlocked officer;
};

/// Refuses as counter_of, and intake_locked for whoever has not unlocked, or not within the last half hour.
Result<Desk> desk_of(const Call& call);

/// The answer with the cookie under which the officer's keys lie; "": the browser shall forget it.
Response with_desk_cookie(Response response, const std::string& value);

}  // namespace sparkgate::api
