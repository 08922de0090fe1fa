// The keys of many people as the log tells of them: whose signature counts where, and which keys can be believed.
#pragma once

#include <set>

#include "workflows/keys/history.h"
#include "workflows/signing/verdict.h"

namespace sparkgate::signing {

/// What leads from a key to the roots that a verifier was given.
struct Chain {
  bool is_proved = false;               // whoever enrolled it held it
  bool is_root = false;                 // one of those given
  bool is_erased = false;               // something of it can no longer be checked
  bool may_endorse = false;             // a root, or as many enrollers as needed say so
  std::set<std::string> enrollers;      // people (rings, where the person was erased) who endorse it with trusted keys
  std::optional<int64_t> trusted_from;  // the entry with which it was proved and endorsed enough
  bool was_trusted(int64_t index) const { return trusted_from && *trusted_from < index; }
};

class KeyBook {
 public:
  explicit KeyBook(AssertionPolicy passkeys) : passkeys_(std::move(passkeys)) {}

  /// One ring's entries from its first on, hashes and links verified. Refuses log_broken when they do not replay, and
  /// when a key stands in another ring already.
  Result<void> add_ring(std::vector<journal::Logged> entries);

  /// Null for a key that no ring held.
  const keys::KeyLife* find(std::string_view kid) const;
  bool was_active(std::string_view kid, int64_t index) const;

  /// judge_signature, and: the key was in force at that index and is the person's (else key_not_active), and its
  /// counters grow along the log (counter_used). `person`: the record behind the entry's actor (Instance::personal,
  /// people); "" when erased. Entries may come in any order, each once.
  Verdict judge(const journal::Logged& entry, const SigningTerms& terms, std::string_view person);

  /// Every key's chain, by kid. `roots`: kids that the verifier trusts by itself; `needed`: enrollers that a key must
  /// have.
  using Chains = std::map<std::string, Chain, std::less<>>;
  Chains chains(const std::set<std::string>& roots, size_t needed) const;

 private:
  std::optional<keys::PersonKey> key_of(const keys::KeyLife& life) const;
  Verdict judge_alone(const journal::Logged& entry, const SigningTerms& terms, std::string_view person) const;
  bool counter_fits(const Verdict& verdict, int64_t index);

  const AssertionPolicy passkeys_;
  std::map<std::string, keys::KeyLife, std::less<>> lives_;
  std::map<int64_t, journal::Logged> entries_;                  // of all rings, by index
  std::map<std::string, std::map<int64_t, int64_t>> counters_;  // kid → index → counter
};

}  // namespace sparkgate::signing
