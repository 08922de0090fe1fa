// The names of all refusals.
#pragma once

#include "engine/base/refusal.h"

namespace sparkgate {

/// In order of precedence: of several unmet conditions the first row names the refusal.
enum class Code : int {
#define REFUSAL(code, status, zh, en, remedy_zh, remedy_en) code,
#include "engine/base/refusals.def"
#undef REFUSAL
};

}  // namespace sparkgate
