// What the commands say to the person at the terminal, in the language of their locale, and to the log.
#pragma once

#include <iosfwd>

#include "api/service.h"
#include "engine/base/refusal.h"

namespace sparkgate::admin {

/// From LC_ALL, LC_MESSAGES or LANG, the first that is set: Chinese for zh…, else English.
Language terminal_language();

/// Title and remedy, a line each, and what is internal: whoever runs the command operates the service.
void print_refusal(std::ostream& err, const Refusal& refusal);

/// One line an event on standard error: time and text, control characters replaced.
api::Log terminal_log(const Clock& clock);

// Exit codes as sysexits.h has them.
inline constexpr int k_exit_failed = 1;
inline constexpr int k_exit_usage = 64;
inline constexpr int k_exit_config = 78;
int exit_code_of(const Refusal& refusal);

}  // namespace sparkgate::admin
