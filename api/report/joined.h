// What joins a report with the permits and inspections of the main log, for an officer who reads it. Nothing of this is
// kept: it is looked up while the report is open.
#pragma once

#include "api/call.h"
#include "workflows/report/officer_desk.h"

namespace sparkgate::api {

struct PlaceAndTime {
  std::string area;  // of the register
  Time from, until;
};

/// What the query asks for: `area`, `from`, `until`; else the area that was reported, the day on which the report came
/// and the day before. Refuses parameter_invalid; unknown_reference when the report names no area and the query none.
Result<PlaceAndTime> place_asked(const Call& call, const report::Summary& report);

/// Permits whose window touches that time in that area: [{id, number, state, state_label, live, address, unit, starts,
/// ends}], those where work may be under way first.
Json permits_there(const Call& call, const PlaceAndTime& where);

/// Refuses unknown_reference for a permit or area, as an officer names it, that is not there.
Result<void> check_place(const Call& call, const Json& details);

/// What the office's rule pack gives for a reward: {percent, least, most, clause}, in yuan; null where it says nothing.
Json reward_figures(const Call& call);

/// What has become of it: {sequence, due, inspection: {id, state, state_label, failed, violations}, refused}.
Json hand_off_json(const Call& call, const report::HandOff& hand_off);

}  // namespace sparkgate::api
