// What keeps public reports: marks what is overdue, erases what has been kept long enough, removes files that nothing
// names, and tells the main log one root a day.
#pragma once

#include "engine/engine.h"
#include "workflows/report/intake.h"

namespace sparkgate::admin {

/// All of it, once. Refuses as the workflow `log`; what was closed and not told is told the next time.
Result<void> keep_reports(report::Intake& intake, Engine& engine);

/// Does what officers handed on and is due. Refuses where it has to wait.
Result<void> hand_over_reports(report::Intake& intake, Engine& engine);

}  // namespace sparkgate::admin
