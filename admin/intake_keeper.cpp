#include "admin/intake_keeper.h"

#include "admin/log_keeper.h"
#include "workflows/log/workflow.h"
#include "workflows/report/keeper.h"

namespace sparkgate::admin {
namespace {

constexpr auto k_every = hours(3);

// The last day that the log was told of.
std::string told_until(Engine& engine) {
  auto reader = engine.read();
  const InstancePtr log = log::log_instance(ReaderView(*reader), reader->logs().back().origin);
  return log ? text_of(log->data, "reports_day") : "";
}

}  // namespace

Result<void> keep_reports(report::Intake& intake, Engine& engine) {
  report::escalate_overdue(intake);
  report::erase_expired(intake);
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

IntakeKeeper::IntakeKeeper(report::Intake& intake, Engine& engine, std::function<void(const std::string&)> log)
    : intake_(intake),
      engine_(engine),
      log_(std::move(log)),
      thread_([this](const std::stop_token& stop) { keep(stop); }) {}

void IntakeKeeper::keep(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  do {
    try {
      const auto kept = keep_reports(intake_, engine_);
      if (!kept) log_("a day of reports not recorded: " + describe(kept.error()));
    } catch (const StoreError& failed) {
      log_("reports not kept: " + describe(failed.refusal()));
    }
  } while (!stopped_.wait_for(lock, stop, k_every, [&] { return stop.stop_requested(); }));
}

}  // namespace sparkgate::admin
