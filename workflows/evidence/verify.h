// Judges an evidence bundle offline: no server, no database, and no trust but in the keys that the caller brings.
#pragma once

#include <set>

#include "certs/note.h"
#include "certs/webauthn.h"
#include "engine/registry.h"
#include "workflows/evidence/verdict.h"
#include "workflows/rules/packs.h"

namespace sparkgate::evidence {

/// What is believed. Never taken from a bundle.
struct Trust {
  std::vector<NoteVerifier> logs;       // Ed25519 or SM2, named after their logs' origins
  std::vector<NoteVerifier> witnesses;  // cosignature/v1
  size_t witnesses_needed = 0;          // of different names
  std::string authorities;              // PEM: CA certificates of timestamp authorities; "": none
  std::set<std::string> enrollers;      // kids of the keys that may enrol others (workflows/keys)
  size_t enrollers_needed = 0;          // people of them, for each key
  AssertionPolicy passkeys;             // where passkeys were used
};

/// Adds the workflows that can be played again, by the packs of a bundle.
using Workflows = std::function<void(Registry& registry, const rules::Packs& packs)>;

/// A verdict for anything that can be read as a bundle, within the bounds of archive.h; every step is taken that the
/// ones before it leave sense in. Refuses bundle_unusable.
Result<Verdict> verify(std::string_view archive, const Trust& trust, const Workflows& workflows);

}  // namespace sparkgate::evidence
