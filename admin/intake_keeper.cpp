#include "admin/intake_keeper.h"

#include "admin/desk.h"
#include "admin/log_keeper.h"
#include "workflows/log/workflow.h"
#include "workflows/report/hand_off.h"
#include "workflows/report/keeper.h"

namespace sparkgate::admin {
namespace {

// The last day that the log was told of.
std::string told_until(Engine& engine) {
  auto reader = engine.read();
  const InstancePtr log = log::log_instance(ReaderView(*reader), reader->logs().back().origin);
  return log ? text_of(log->data, "reports_day") : "";
}

}  // namespace

Result<void> keep_reports(report::Intake& intake, Engine& engine) {
  if (engine.clock_suspect()) return {};  // a clock that jumped must erase nothing
  report::escalate_overdue(intake);
  report::erase_expired(intake);
  report::sweep_files(intake);
  report::close_days(intake);
  std::vector<StoredDay> days;
  intake.store.read([&](IntakeReader& reader) { days = reader.days(); });
  const std::string told = told_until(engine);
  for (const StoredDay& day : days) {
    if (day.day <= told) continue;
    const auto recorded = tell_log(engine, "record_reports_day", {{"day", day.day}, {"root", hex(day.root)}});
    if (!recorded) return tl::make_unexpected(recorded.error());
  }
  return {};
}

Result<void> hand_over_reports(report::Intake& intake, Engine& engine) {
  const auto refer = [&](const std::string& key, const Json& referral) -> Result<std::string> {
    Command command = by_system("inspection", "", "refer", referral);
    command.idempotency_key = key;
    command.body_digest = sha256(canonical(referral));
    const auto referred = engine.execute(command);
    if (!referred) return tl::make_unexpected(referred.error());
    return referred->instance;
  };
  const auto done = report::hand_over_due(intake, refer);
  return done ? Result<void>() : tl::make_unexpected(done.error());
}

}  // namespace sparkgate::admin
