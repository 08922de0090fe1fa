// Verifier keys as they are given on the command line.
#pragma once

#include "certs/note.h"

namespace sparkgate::admin {

/// Each text holds one, or several in lines, as `GET /log/vkey` gives them. Refuses key_invalid.
Result<std::vector<NoteVerifier>> verifier_keys(const std::vector<std::string>& texts);

}  // namespace sparkgate::admin
