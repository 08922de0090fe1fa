// Is the signature of a logged entry good: judged from the entry alone, without store or service.
#pragma once

#include <optional>

#include "engine/journal/logged.h"
#include "workflows/signing/signature.h"

namespace sparkgate::signing {

enum class Standing {
  unsigned_entry,
  valid,
  erased,  // the structure is right; signature or key were erased with the personal data
  wrong,
};

struct Verdict {
  Standing standing = Standing::unsigned_entry;
  std::string kid;  // "" for an unsigned entry
  int64_t counter = 0;
  std::optional<Refusal> objection = {};  // of a wrong one
};

/// `terms`: of the instance as it stood before the entry (Workflow::signing_terms). `key`: null when it was erased.
/// Right means: the intent is about this entry, its workflow, instance and event, made in sight of what was there, in
/// time, under these terms; the payload put together again from the entry is the one signed; the signature stands.
/// That the key was in force and its counter grew, KeyBook says. Reasons: as the refusals of check_sent and
/// SignedCommands.
Verdict judge_signature(const journal::Logged& entry, const SigningTerms& terms, const keys::PersonKey* key,
                        const AssertionPolicy& passkeys);

}  // namespace sparkgate::signing
