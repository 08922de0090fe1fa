// Passwords as the interface meets them: at a sign-in, and when somebody sets a new one.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// The work of a verifier, a few at a time: a crowd of sign-ins must not take all memory and every core. Refuses with
/// too_busy.
Result<bool> password_fits(const std::string& password, const std::string& verifier);

/// An account's password is set by this command?
bool sets_password(const Command& command);

/// Who changes their own password proves to know the present one. Refuses with payload_invalid, login_failed,
/// too_many_attempts.
Result<void> check_current_password(const Call& call, const Command& command);

/// After a change: the account's other sign-ins and tokens end.
Result<void> end_other_sessions(const Call& call, const Command& command);

}  // namespace sparkgate::api
