// Where public reports come in and are handled: the desks behind it, and what is kept in memory between requests.
#pragma once

#include "api/report/crowd.h"
#include "api/report/exports.h"
#include "api/report/form.h"
#include "api/report/source_sessions.h"
#include "api/report/unlocked.h"
#include "workflows/report/officer_desk.h"
#include "workflows/report/source_desk.h"

namespace sparkgate::api {

struct ReportCounter {
  explicit ReportCounter(report::Intake& intake)
      : intake(intake),
        source(intake),
        officers(intake),
        desk(intake),
        sessions(intake.clock, intake.random),
        tokens(intake.clock, intake.random),
        unlocked(intake.clock, intake.random),
        crowd(intake.clock, intake.random),
        exports(intake.clock, intake.random) {}

  report::Intake& intake;
  report::SourceDesk source;
  report::Officers officers;
  report::OfficerDesk desk;
  SourceSessions sessions;
  FormTokens tokens;
  UnlockedOfficers unlocked;
  Crowd crowd;
  ExportProposals exports;
  std::mutex stretching;  // one passphrase at a time: each takes 137 MiB
  std::mutex cleaning;    // one file at a time: each takes up to 2 GiB
};

}  // namespace sparkgate::api
