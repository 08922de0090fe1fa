// A signature as it is sent with a payload, and whether it stands for its text and for the command.
#pragma once

#include "certs/webauthn.h"
#include "engine/workflow.h"
#include "workflows/keys/key.h"
#include "workflows/signing/intent.h"

namespace sparkgate::signing {

/// JSON Schema of the member `signed` of a body: {intent, signature, [authenticator_data, client_data]}.
const Json& signed_schema();

/// Does the signature stand for the text, by the key's kind? p256: r‖s (64 bytes) or DER, over the text's bytes;
/// sm2: the same over SM3; passkey: DER over what the authenticator signs, whose challenge is the text's SHA-256.
/// `passkeys`: where they may have been used; an empty rp_id: nowhere. Refuses signature_invalid and assertion_invalid.
Result<void> check_signature(const keys::PersonKey& key, std::string_view text, const Json& signed_part,
                             const AssertionPolicy& passkeys);

/// Takes `signed` off the payload of an event that can be signed. Null when it has none; of other events it stays, for
/// their schema to refuse.
Json take_signed(const EventSpec& event, Json& payload);

/// The command that the signature must stand for.
struct Sent {
  std::string_view origin;
  const Workflow& workflow;
  const EventSpec& event;
  std::string_view instance;  // "" when the event makes it
  const Json& payload;
};

/// All that does not change any more, so that the writer need not: the form of `signed_part`, that the intent is about
/// this command, and the signature. What comes back is what Command::signature takes. Refuses payload_invalid,
/// signature_invalid, intent_mismatch, key_invalid and key_not_active.
Result<Json> check_sent(const Json& signed_part, const Sent& sent, const View& view, const AssertionPolicy& passkeys);

}  // namespace sparkgate::signing
