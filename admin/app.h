// The service as a whole, without its socket: store, rule packs, workflows, engine and interface, wired together.
#pragma once

#include <deque>

#include "admin/intake_house.h"
#include "admin/log_keeper.h"
#include "admin/log_keys.h"
#include "admin/office.h"
#include "admin/recurring.h"
#include "api/api.h"
#include "engine/registry.h"
#include "workflows/rules/packs.h"

namespace sparkgate::admin {

class App {
 public:
  struct Options {
    std::filesystem::path data;              // the data directory; made when absent
    std::filesystem::path packs;             // folder of local rule packs; "": none
    std::filesystem::path backups;           // folder that backups are made in; "": none are made
    std::string origin = "sparkgate.local";  // names the log of a new data directory
    LogKeyOptions log_keys;
    std::filesystem::path high_water;   // the mark's file; "": in the data directory
    bool open_log = true;               // false: the log's own instance is left as it is
    size_t commit_batch = 256;          // commands a transaction, at most
    size_t enrollers = 1;               // people who must endorse a signing key: 1 or 2
    AssertionPolicy passkeys = {};      // where passkeys may be used
    api::Anchoring::Options anchoring;  // nobody, when not told
    bool run_timers = true;             // false: only Engine::tick() fires them; no heads, anchors, sweeps
    api::Log log = [](const std::string&) {};
  };

  /// Refuses with what keeps the service from starting: data_in_use, data_too_new, file_unreadable, pack_broken, …
  static Result<std::unique_ptr<App>> open(Options options, const Clock& clock, Random& random);
  ~App();

  Engine& engine() { return *engine_; }
  api::Api& api() { return *api_; }
  const rules::Packs& packs() const { return packs_; }
  api::Anchoring& anchoring() { return *anchoring_; }
  const LogKeys& log_keys() const { return log_keys_; }
  IntakeHouse& intake() { return *intake_; }
  /// Nobody can sign in yet.
  bool has_no_accounts();

 private:
  explicit App(rules::Packs packs) : packs_(std::move(packs)) {}
  void start_keepers(const VkeysOf& vkeys, const api::Log& log);

  rules::Packs packs_;
  LogKeys log_keys_;
  Registry registry_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<api::Anchoring> anchoring_;
  std::unique_ptr<IntakeHouse> intake_;
  std::unique_ptr<Backups> backups_;
  std::unique_ptr<OfficeWork> office_;
  std::unique_ptr<api::Api> api_;
  std::deque<Recurring> keepers_;
};

/// The version of this program.
std::string version();

}  // namespace sparkgate::admin
