#include "tests/support/recorded_town.h"

#include "admin/app.h"
#include "admin/workflows.h"
#include "engine/store/sqlite/sqlite_scan.h"
#include "tests/support/raw_database.h"
#include "tests/support/town.h"
#include "workflows/fsck/fsck.h"

namespace sparkgate::test {
namespace {

constexpr int k_more_machines = 180;  // for a full tile

Command to_register(const std::string& kind, const std::string& id, const std::string& event, Json payload,
                    std::optional<int64_t> version = std::nullopt) {
  Command command;
  command.workflow = kind;
  command.instance = id;
  command.event = event;
  command.payload = std::move(payload);
  command.actor = system_actor();
  command.expected_version = version;
  return command;
}

Receipt must(Engine& engine, const Command& command) {
  auto done = engine.execute(command);
  if (!done) throw std::runtime_error(describe(done.error()));
  return *done;
}

// Everything that needs the town's people.
void live(Town& town) {
  const std::string id = town.draft();
  town.lead(id, "Closed");
  town.lead(town.draft(), "Approved");
  const std::string refused = town.draft();
  town.lead(refused, "UnderReview");
  town.must("supervisor1", refused, "reject", town.payload(refused, "reject"));
  Engine& engine = town.engine();
  const std::string person =
      must(engine, to_register("person", "", "register", {{"name", "程某某"}, {"id_number", "110101199001011237"}}))
          .instance;
  Command revoke = to_register("person", person, "revoke", {{"note", "离职"}}, 1);
  Command erase = to_register("person", person, "erase", Json::object(), 2);
  for (Command* command : {&revoke, &erase}) {
    command->actor = town.actor("admin");
    must(engine, *command);
  }
}

std::string an_account(Engine& engine) {
  ListQuery accounts;
  accounts.workflow = "account";
  return engine.read()->list(accounts).items.front()->id;
}

// Everything that needs the service: keys, mark, the log's own instance, its heads.
void keep_log(const std::filesystem::path& data, FakeClock& clock) {
  SeededRandom random(7);
  admin::App::Options options;
  options.data = data;
  options.run_timers = false;
  auto app = admin::App::open(options, clock, random);
  if (!app) throw std::runtime_error(describe(app.error()));
  Engine& engine = (*app)->engine();
  for (int n = 0; n < k_more_machines; ++n) {
    Command command = to_register("machine", "", "register",
                                  {{"code", "M-" + std::to_string(n)},
                                   {"kind", "电焊机"},
                                   {"unit", "91500230MADEMA01XB"},
                                   {"inspected_until", "2030-01-31"}});
    if (n % 60 == 0) command.idempotency_key = "key-" + std::to_string(n);
    must(engine, command);
    if (n % 90 != 89) continue;
    clock.advance(hours(1));
    if (!admin::record_heads(engine).value()) throw std::runtime_error("no heads recorded");
  }
  const SignedPtr anchored = engine.latest_checkpoint();
  const std::string account = an_account(engine);
  auto written = engine.write([&](Writer& writer) {
    writer.put_checkpoint(0, anchored->checkpoint.size, anchored->note);
    writer.put_secret(account, "password", "a verifier");
    writer.put_session({sha256("token"), account, "bearer", "", "", {}, {}});
  });
  if (!written) throw std::runtime_error(describe(written.error()));
  must(
      engine,
      to_register(
          "machine", "", "register",
          {{"code", "M-last"}, {"kind", "电焊机"}, {"unit", "91500230MADEMA01XB"}, {"inspected_until", "2030-01-31"}}));
}

}  // namespace

const std::filesystem::path& recorded_town() {
  static const TempFolder k_folder;
  static const bool k_made = [] {
    const TempFolder parent;
    Town town(1, parent.path());
    live(town);
    town.engine().stop();
    const auto source = std::filesystem::directory_iterator(parent.path())->path();
    for (const char* file : {"sparkgate.db", "sparkgate.db-wal"}) {
      std::filesystem::copy(source / file, k_folder.path() / file);
    }
    town.log_key.save_in(k_folder.path());
    keep_log(k_folder.path(), town.clock);
    RawDatabase(k_folder.path() / "sparkgate.db").run("PRAGMA wal_checkpoint(TRUNCATE)");
    return true;
  }();
  (void)k_made;
  return k_folder.path();
}

void TownCopy::restore() {
  std::filesystem::remove_all(path());
  std::filesystem::copy(recorded_town(), path(), std::filesystem::copy_options::recursive);
}

std::string faults_of(const std::filesystem::path& data) {
  static const rules::Packs k_packs = rules::Packs::embedded().value();
  static const Registry k_registry = [] {
    Registry out;
    admin::add_workflows(out, k_packs);
    return out;
  }();
  const auto scans = SqliteScans::open(data);
  if (!scans) return std::string(refusal_row(scans.error().code).name);
  fsck::Options options;
  options.scan = [&] { return scans->scan(); };
  options.high_water = data / "high_water";
  options.photos = data / k_photo_folder;
  fsck::Report report;
  fsck::check(options, k_registry, report);
  std::string out;
  for (const fsck::Problem& problem : report.problems()) {
    const std::string name(fsck::all_faults()[static_cast<size_t>(problem.fault)].name);
    if (!out.ends_with(name)) out += (out.empty() ? "" : " ") + name;
  }
  return out;
}

}  // namespace sparkgate::test
