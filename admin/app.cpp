#include "admin/app.h"

#include "admin/console_assets.h"
#include "admin/intake_keeper.h"
#include "admin/stored_packs.h"
#include "admin/workflows.h"
#include "engine/base/codes.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "workflows/signing/admission.h"

namespace sparkgate::admin {
Result<std::unique_ptr<App>> App::open(Options options, const Clock& clock, Random& random) {
  auto store = open_sqlite_store(options.data);
  if (!store) return tl::make_unexpected(store.error());
  if (!is_note_name(options.origin)) return refuse(Code::origin_invalid, {{"origin", options.origin}});
  auto log_keys = LogKeys::load(options.log_keys, options.data, *(*store)->reader());
  if (!log_keys) return tl::make_unexpected(log_keys.error());
  auto packs = load_packs(options.packs, *(*store)->reader());
  if (!packs) return tl::make_unexpected(packs.error());
  std::unique_ptr<App> app(new App(std::move(*packs)));
  app->log_keys_ = std::move(*log_keys);
  add_workflows(app->registry_, app->packs_, options.enrollers);
  app->registry_.admit_by(std::make_unique<signing::SignedCommands>());
  Engine::Options engine;
  engine.origin = options.origin;
  engine.signer = app->log_keys_.signer();
  engine.high_water = options.high_water.empty() ? options.data / "high_water" : options.high_water;
  engine.held = api::Anchoring::hold(options.anchoring);
  engine.report = options.log;
  engine.committer.run_timers = options.run_timers;
  engine.committer.max_batch = options.commit_batch;
  app->engine_ = std::make_unique<Engine>(std::move(*store), app->registry_, clock, random, engine);
  app->anchoring_ = std::make_unique<api::Anchoring>(*app->engine_, std::move(options.anchoring));
  app->anchoring_->ask();
  if (auto kept = keep_packs(app->packs_, *app->engine_); !kept) return tl::make_unexpected(kept.error());
  const auto vkeys = [keys = app->log_keys_](const std::string& origin) { return keys.vkeys(origin); };
  if (options.open_log) {
    if (auto opened = admin::open_log(*app->engine_, vkeys); !opened) return tl::make_unexpected(opened.error());
  }
  auto intake = IntakeHouse::open(options.data, *app->engine_, clock, random, options.log);
  if (!intake) return tl::make_unexpected(intake.error());
  app->intake_ = std::move(*intake);
  api::Service::Options service{options.data, version(), options.log};
  service.console = &console_assets();
  app->backups_ = std::make_unique<Backups>(options.data, options.backups, clock, options.log);
  app->office_ = std::make_unique<OfficeWork>(app->packs_, *app->engine_, *app->backups_);
  service.office = app->office_.get();
  service.intake = &app->intake_->intake();
  service.passkeys = options.passkeys;
  service.log_vkeys = vkeys;
  app->api_ = std::make_unique<api::Api>(*app->engine_, app->packs_, *app->anchoring_, std::move(service));
  if (options.run_timers) {
    app->start_keepers(vkeys, options.log);
    app->anchoring_->start();
  }
  return app;
}

void App::start_keepers(const VkeysOf& vkeys, const api::Log& log) {
  keepers_.emplace_back(seconds(20), [=, this] { return keep_log(*engine_, vkeys); }, "log not kept", log);
  keepers_.emplace_back(
      hours(1),
      [=, this]() -> Result<void> {
        const auto swept = api_->photos().sweep();
        if (!swept) return tl::make_unexpected(swept.error());
        if (*swept > 0) log("photos removed that nothing used: " + std::to_string(*swept));
        return {};
      },
      "photos not swept", log);
  keepers_.emplace_back(
      hours(3), [this] { return keep_reports(intake_->intake(), *engine_); }, "reports not kept", log);
  keepers_.emplace_back(
      minutes(1), [this] { return hand_over_reports(intake_->intake(), *engine_); }, "reports not handed over", log);
}

App::~App() {
  backups_.reset();
  keepers_.clear();
  if (anchoring_) anchoring_->stop();
  if (engine_) engine_->stop();
}

bool App::has_no_accounts() {
  ListQuery query;
  query.workflow = "account";
  query.limit = 1;
  return engine_->read()->list(query).items.empty();
}

std::string version() { return SPARKGATE_VERSION; }

}  // namespace sparkgate::admin
