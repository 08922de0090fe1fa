// The standing with one witness: what it has cosigned, when to ask it again, and what to believe of what it says.
#pragma once

#include "api/out/anchor_state.h"
#include "api/out/anchor_store.h"
#include "api/out/witness_client.h"

namespace sparkgate::api {

/// Of one thread.
class WitnessLink {
 public:
  explicit WitnessLink(WitnessAddress address);
  const WitnessAddress& address() const { return address_; }

  /// It has said since the start how far it has come.
  bool has_answered() const { return has_answered_; }
  bool is_due(const SignedCheckpoint& latest, milliseconds now) const;

  /// Asks for a cosignature on the checkpoint and keeps it. What is told back is why the log must sign no more: the
  /// witness has cosigned more entries than there are (witness_ahead), or other ones (witness_disagrees).
  std::optional<Refusal> visit(const SignedCheckpoint& latest, const Post& post, AnchorStore& store,
                               const Clock& clock);
  AnchorView view() const;

 private:
  using Outcome = Result<std::optional<Refusal>>;
  void begin_log(const std::string& origin, AnchorStore& store);
  Outcome ask(const SignedCheckpoint& latest, const Post& post, AnchorStore& store, Time at);
  Outcome keep(const SignedCheckpoint& latest, const NoteSignature& cosignature, AnchorStore& store, Time at);
  Outcome contradicted(uint64_t size, AnchorStore& store) const;
  Refusal standing_against(Code code, uint64_t theirs, uint64_t ours) const;

  const WitnessAddress address_;
  Pace pace_;
  std::string origin_;  // of the log that the rest is about
  uint64_t known_ = 0;  // what the witness has, as far as we know
  uint64_t size_ = 0;   // what it cosigned for us
  std::optional<Time> at_;
  bool has_answered_ = false;
  std::optional<Refusal> failure_;
};

}  // namespace sparkgate::api
