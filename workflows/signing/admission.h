// Which commands must be signed, and what of a signature only the writer can judge. Asked for every command.
#pragma once

#include "engine/admission.h"

namespace sparkgate::signing {

/// Must the actor sign this event now: always, by the rules of the instance, or by what their account says?
bool must_sign(const Workflow& workflow, const EventSpec& event, const Instance& instance, const Actor& actor,
               const View& view);

/// Checks Command::signature (as check_sent gives it) against what holds now: the key is one of the actor's and in
/// force, its counter grows, the intent has not expired, and what was seen is still so (other entries that change
/// neither scope nor state do not matter). Keeps it with the entry:
///   facts.signed        {kid, counter}
///   personal.signature  {intent, signature, [authenticator_data, client_data], members: names of the payload's
///   members}
/// Refuses signature_required, key_not_active, key_not_enroller, intent_expired, intent_stale, scope_changed and
/// counter_used. The system signs nothing.
class SignedCommands final : public Admission {
 public:
  Result<void> admit(const Workflow& workflow, const EventSpec& event, const Situation& situation, const Json& payload,
                     const Json& signature, Decision& decision) const override;
};

}  // namespace sparkgate::signing
