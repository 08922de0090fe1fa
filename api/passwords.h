// Passwords as the interface meets them: at a sign-in, and when somebody sets a new one.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// The work of a verifier, a few at a time: a crowd of sign-ins must not take all memory and every core. Refuses with
/// too_busy.
Result<bool> password_fits(const std::string& password, const std::string& verifier);

/// Executes `set_password`. Who changes their own proves to know the present one; afterwards the account's other
/// sign-ins and tokens end. Refuses with payload_invalid, login_failed, too_many_attempts, too_busy.
Result<Receipt> set_password(const Call& call, const Command& command);

}  // namespace sparkgate::api
