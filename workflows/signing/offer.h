// What a person is asked to sign: made by the service, for the caller, as of now.
#pragma once

#include "workflows/signing/signature.h"

namespace sparkgate::signing {

/// The intent for the event that `situation` and `payload` describe, after the workflow has agreed to it, so that
/// nobody signs what would be refused. `wanted_key`: a kid of the caller's; "": the one that came into force last. The
/// answer:
///   {intent: the exact text, key, counter, not_after, keys: [{kid, kind, label, [credential], counter}]}
/// Of an event that brings its own key `keys` is empty. Refuses as the workflow does, signing_unused for an event that
/// carries no signature, and key_not_active when the caller has no such key.
Result<Json> offer(std::string_view origin, const Workflow& workflow, const EventSpec& event,
                   const Situation& situation, const Json& payload, std::string_view wanted_key);

}  // namespace sparkgate::signing
