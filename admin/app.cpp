#include "admin/app.h"

#include "admin/workflows.h"
#include "engine/store/sqlite/sqlite_store.h"

namespace sparkgate::admin {
namespace {

constexpr std::string_view k_pack = "rule_pack";

// What is built in, what the office adds, and every version that was ever in force here.
Result<rules::Packs> load_packs(const std::filesystem::path& folder, Reader& stored) {
  auto packs = rules::Packs::embedded();
  if (!packs) return packs;
  if (!folder.empty()) {
    if (auto added = packs->add_folder(folder); !added) return tl::make_unexpected(added.error());
  }
  for (const auto& [digest, text] : stored.documents(k_pack)) {
    if (packs->by_digest(digest)) continue;
    const std::string file = "(" + digest + ")";
    auto pack = rules::Pack::load(file, text);
    if (!pack) return tl::make_unexpected(pack.error());
    if (auto added = packs->add(file, std::move(*pack)); !added) return tl::make_unexpected(added.error());
  }
  return packs;
}

Result<void> keep_packs(const rules::Packs& packs, Engine& engine) {
  return engine.write([&](Writer& writer) {
    for (const rules::Pack* pack : packs.list()) {
      writer.put_document(k_pack, pack->ref().digest, canonical(pack->json()));
    }
  });
}

}  // namespace

Result<std::unique_ptr<App>> App::open(Options options, const Clock& clock, Random& random) {
  auto store = open_sqlite_store(options.data);
  if (!store) return tl::make_unexpected(store.error());
  auto packs = load_packs(options.packs, *(*store)->reader());
  if (!packs) return tl::make_unexpected(packs.error());
  std::unique_ptr<App> app(new App(std::move(*packs)));
  add_workflows(app->registry_, app->packs_);
  Engine::Options engine;
  engine.origin = options.origin;
  engine.committer.run_timers = options.run_timers;
  engine.committer.max_batch = options.commit_batch;
  app->engine_ = std::make_unique<Engine>(std::move(*store), app->registry_, clock, random, engine);
  if (auto kept = keep_packs(app->packs_, *app->engine_); !kept) return tl::make_unexpected(kept.error());
  app->api_ = std::make_unique<api::Api>(*app->engine_, app->packs_,
                                         api::Service::Options{options.data, version(), options.log});
  return app;
}

App::~App() {
  if (engine_) engine_->stop();
}

bool App::has_no_accounts() {
  ListQuery query;
  query.workflow = "account";
  query.limit = 1;
  return engine_->read()->list(query).empty();
}

std::string version() { return SPARKGATE_VERSION; }

}  // namespace sparkgate::admin
