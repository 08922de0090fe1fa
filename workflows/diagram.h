// A workflow's transition table as a Mermaid state diagram.
#pragma once

#include <string>

#include "engine/workflow.h"

namespace sparkgate {

/// "stateDiagram-v2" with one line a row, in the table's order; guards stand in brackets. Facts recorded without change
/// of state are left out.
std::string diagram(const Description& description);

}  // namespace sparkgate
