// A workflow's transition table as a Mermaid state diagram.
#pragma once

#include <string>

#include "engine/workflow.h"

namespace sparkgate {

/// "stateDiagram-v2" with one line a row, in the table's order; guards stand in brackets.
std::string diagram(const Description& description);

}  // namespace sparkgate
