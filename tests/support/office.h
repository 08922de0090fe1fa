// Offices that watch each other, without sockets: each has a log of its own and a witness for the others'.
#pragma once

#include <map>

#include "api/out/anchoring.h"
#include "api/witness/witness.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/counter_workflow.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {

/// Hosts by name. A host that is not there cannot be reached.
class Network {
 public:
  void put(const std::string& host, api::Handler handler) { hosts_[host] = std::move(handler); }
  void cut(const std::string& host) { hosts_.erase(host); }
  api::Post post();
  /// Requests to the host, also while it was not there.
  int asked(const std::string& host) { return asked_[host]; }

 private:
  std::map<std::string, api::Handler> hosts_;
  std::map<std::string, int> asked_;
};

class Office {
 public:
  Office(const std::string& name, Network& network, FakeClock& clock);
  ~Office();

  NoteVerifier log_key() const { return log_signer_.verifier(); }
  /// To be asked at "https://NAME".
  api::WitnessAddress witness_address() const;
  /// From now on its witness cosigns these logs, at "https://NAME".
  void watch(const std::vector<NoteVerifier>& logs);
  void be_a_witness_again() {
    network_.put(name_, [this](const api::Request& r) { return witness_->handle(r); });
  }

  /// Starts the engine on the office's data, asks the witnesses once, and anchors as told from then on.
  void open(api::Anchoring::Options options = {});
  void close();
  /// The whole machine as it stands, and back to that.
  void take_snapshot();
  void restore_snapshot();

  Engine& engine() { return *engine_; }
  api::Anchoring& anchoring() { return *anchoring_; }
  /// Entries in the log; "": done, else the code of the refusal.
  std::string record(int count = 1);
  /// Ten seconds go by, and what is due then happens.
  void step();
  /// So much time goes by, at least a second: all that was recorded is published then.
  void let_pass(seconds time);
  std::string obstacle();
  /// The published checkpoint, and the newest witnessed one of at least so many entries ("": none); as notes.
  std::string published_note();
  std::string witnessed_note(uint64_t least);
  /// "ok 11", "unreachable 0 peer_unreachable": one standing of the report.
  std::string standing(size_t witness = 0);
  std::string standing_of_authority(size_t authority = 0);
  std::string verdict() { return std::string(name_of(anchoring_->report().verdict)); }
  uint64_t published() { return anchoring_->report().published; }

 private:
  const std::string name_;
  Network& network_;
  FakeClock& clock_;
  const NoteSigner log_signer_, witness_signer_;
  SeededRandom random_;
  const Registry registry_ = counter_registry();
  TempFolder data_, snapshot_, witness_data_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<api::Anchoring> anchoring_;
  std::unique_ptr<api::Witness> witness_;
};

/// Witnesses with a policy over this network.
api::Anchoring::Options witnessed_by(Network& network, std::vector<api::WitnessAddress> witnesses, size_t needed,
                                     bool required = false);

}  // namespace sparkgate::test
