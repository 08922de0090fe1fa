// What an officer does with a report, event by event; what an event asks for beside words stands in `Act::details`:
//
//   assign         {officer}                          id of one on the roster
//   merge          {report}                           id of the report that this one is merged into
//   hand_off       {permit} or {area, address}        where the inspectors shall look; the note is what they read of it
//   give_feedback  {fine, reward}                     in yuan, either or none: told to the source
//
// What links reports with each other and with inspections stands in notes, sealed.
#pragma once

#include "workflows/report/officer_desk.h"

namespace sparkgate::report {

struct Acting {
  IntakeWriter& writer;
  Intake& intake;
  const OfficerAccess& access;
  const Unlocked& officer;
  Opened& opened;
  const Act& act;
};

/// All of it, or nothing is written. Refuses not_found (no such event), wrong_state, report_invalid, unknown_reference.
Result<void> act_on(const Acting& acting);

}  // namespace sparkgate::report
