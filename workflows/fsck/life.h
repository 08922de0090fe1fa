// One instance's entries played again from nothing.
#pragma once

#include "engine/engine.h"
#include "engine/journal/chain.h"
#include "workflows/fsck/lives.h"

namespace sparkgate::fsck {

class Life {
 public:
  Life(const InstanceRow& row, const Registry& registry, const std::vector<StoredLog>& logs, Learned& learned,
       Report& report);

  void entry(const EntryRow& row);
  /// What the entries lead to; nothing when they do not hold together, which has been said.
  std::optional<Instance> end();
  int64_t entries() const { return entries_; }

 private:
  Result<void> play(const EntryRow& row);
  bool belongs(const EntryRow& row, const journal::Head& head);
  void note_erasure(const journal::Logged& logged, bool has_personal);
  void learn(const Json& facts);

  const InstanceRow& row_;
  const Workflow* const workflow_;
  const std::vector<StoredLog>& logs_;
  Learned& learned_;
  Report& report_;
  journal::Chain chain_;
  Instance instance_;
  int64_t entries_ = 0, with_personal_ = 0, without_personal_ = 0;
  bool is_broken_ = false;
};

}  // namespace sparkgate::fsck
