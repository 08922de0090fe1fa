// The demo township on a simulated clock: its registers and accounts, the real workflows, an engine on a fresh folder.
#pragma once

#include "engine/engine.h"
#include "tests/support/fake_clock.h"
#include "tests/support/log_key.h"
#include "tests/support/temp_folder.h"
#include "workflows/rules/packs.h"

namespace sparkgate::test {

class Town {
 public:
  /// Timers fire before each command, as always, and on tick(). `folder`: where the data lies.
  explicit Town(uint64_t seed = 1, const std::filesystem::path& parent = std::filesystem::temp_directory_path(),
                size_t enrollers = 1);
  /// The usual pack in a newer version, with `changes` laid over it (RFC 7396).
  void add_pack(const Json& changes);
  /// Lets these packs be chosen in the whole county, the first where an application names none.
  void offer_packs(const std::vector<std::string>& ids, const std::string& area = "500230");

  Engine& engine() { return *engine_; }
  const rules::Packs& packs() const { return packs_; }
  const Workflow& permits() const { return workflow("hot_work_permit"); }
  const Workflow& workflow(std::string_view name) const { return *registry_.find(name); }

  /// By login of the demo: applicant, site_owner, operator, fire_watch, supervisor1..3, inspector, …, and "system".
  Actor actor(const std::string& login);
  /// Reads the account again: its roles have changed.
  void refresh(const std::string& login);

  /// A sound application: grade two, today for `length` from ten minutes on; `changes` are laid over it (RFC 7396).
  Json application(const Json& changes = Json::object(), milliseconds length = hours(8));

  /// Sends an event as of the latest version.
  Result<Receipt> send(const std::string& login, const std::string& id, const std::string& event, Json payload);
  Result<Receipt> send(const std::string& login, const std::string& id, const std::string& event) {
    return send(login, id, event, payload(id, event));
  }
  /// The same, and throws when it is refused.
  Receipt must(const std::string& login, const std::string& id, const std::string& event, Json payload);
  Receipt must(const std::string& login, const std::string& id, const std::string& event) {
    return must(login, id, event, payload(id, event));
  }
  /// A new draft's id. Throws when it is refused.
  std::string draft(const Json& application);
  std::string draft() { return draft(application()); }

  InstancePtr get(const std::string& id);
  std::string state(const std::string& id) { return get(id)->state; }
  /// "ok", or the codes that stand against it: "conditions_unmet: gas_test_missing, watch_absent".
  static std::string outcome(const Result<Receipt>& result);

  /// A sound body for the event as of now.
  Json payload(const std::string& id, const std::string& event);
  /// Takes the draft along its usual life until it is in the state.
  void lead(const std::string& id, const std::string& state);
  void approve_fully(const std::string& id);
  /// Watch, measures, briefing and gas test, all as the pack wants them.
  void make_site_fit(const std::string& id, bool with_check = true);
  void copy_data(const std::filesystem::path& to) const;
  /// Stops the service and starts it on its data again; `meanwhile` time may pass.
  void restart(const std::function<void()>& meanwhile = [] {});

  FakeClock clock;
  LogKey log_key;  // signs the town's log

 private:
  void open();
  void settle();
  Json as_permitted(const std::string& id);

  TempFolder folder_;
  SeededRandom random_;
  rules::Packs packs_;
  Registry registry_;
  std::unique_ptr<Engine> engine_;
  std::map<std::string, Actor> actors_;
};

}  // namespace sparkgate::test
