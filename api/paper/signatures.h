// The signatures of a permit's paper, in the form's order.
#pragma once

#include "api/paper/acts.h"

namespace sparkgate::api {

/// One row at least for each step of the form; empty where nobody has signed yet.
std::vector<PaperSignature> paper_signatures(const PaperSources& sources, const Acts& acts);

}  // namespace sparkgate::api
