// How a kind of record describes itself: states, events, who may, what a payload holds.
#pragma once

#include "workflows/registry/record.h"

namespace sparkgate::registry {

Description describe(const Kind& kind, const RecordForm& form);

}  // namespace sparkgate::registry
