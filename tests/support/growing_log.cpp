#include "tests/support/growing_log.h"

#include "engine/journal/entry.h"
#include "tests/support/test_keys.h"

namespace sparkgate::test {
namespace {

PrivateKey key_named(const std::string& name) { return ed25519_of(hex(sha256("key of " + name))); }

}  // namespace

GrowingLog::GrowingLog(const std::string& origin, std::string salt)
    : signer_(origin, NoteKeyKind::ed25519, key_named(origin)), salt_(std::move(salt)) {}

journal::Subtrees GrowingLog::subtrees() const {
  return [this](int level, uint64_t number) {
    const auto subtree = [this](const auto& self, int height, uint64_t at) -> Digest {
      if (height == 0) return journal::leaf_hash(salt_ + std::to_string(at));
      return journal::node_hash(self(self, height - 1, 2 * at), self(self, height - 1, 2 * at + 1));
    };
    return subtree(subtree, level, number);
  };
}

journal::Checkpoint GrowingLog::checkpoint(uint64_t size) const {
  return {origin(), size, journal::root_of(size, subtrees())};
}

std::string GrowingLog::note(uint64_t size) const {
  const std::string text = journal::checkpoint_text(checkpoint(size));
  return Note{text, {signer_.sign(text).value()}}.str();
}

journal::Proof GrowingLog::proof(uint64_t from, uint64_t to) const {
  return from == 0 ? journal::Proof() : journal::consistency_proof(from, to, subtrees());
}

NoteSigner witness_signer(const std::string& name) {
  return NoteSigner(name, NoteKeyKind::cosignature, key_named(name));
}

}  // namespace sparkgate::test
