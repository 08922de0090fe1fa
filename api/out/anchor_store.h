// What anchoring needs of the engine: proofs of growth, and a place for what others gave.
#pragma once

#include "engine/engine.h"

namespace sparkgate::api {

/// Of the log that takes entries now, and of no other. Any thread. What the store cannot do is a refusal here.
class AnchorStore {
 public:
  explicit AnchorStore(Engine& engine) : engine_(engine) {}

  /// The proof that `to` grew out of the tree of `from` entries; empty from 0 and from its own size. from <= to.
  Result<journal::Proof> growth(const journal::Checkpoint& to, uint64_t from);
  Result<Digest> root(uint64_t size);

  /// The checkpoint's note as it is kept: as given, or as it was kept before under that size. A log that signs with
  /// more than Ed25519 may sign one size in several ways.
  Result<std::string> keep(const SignedCheckpoint& checkpoint);
  Result<void> keep(const SignedCheckpoint& checkpoint, const Anchor& anchor);

  Result<std::optional<Anchored>> at(uint64_t size);
  /// The newest that `name` anchored; its `anchors` hold that one alone.
  Result<std::optional<Anchored>> last(std::string_view kind, std::string_view name);
  /// The newest of at least `least` entries that `count` of `names` have cosigned.
  Result<std::optional<Anchored>> cosigned(const std::vector<std::string>& names, size_t count, uint64_t least);

  /// Of cosignatures that are a day old, the last of each hour is enough.
  Result<void> thin();

 private:
  Engine& engine_;
};

/// The checkpoint's note with its cosignatures.
std::string cosigned_note(const Anchored& anchored);

}  // namespace sparkgate::api
