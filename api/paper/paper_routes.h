// A permit as paper.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// GET /api/v1/permits/{id}/paper, for whoever may read the permit. Refuses not_found, parameter_invalid,
/// paper_font_missing, too_busy, and as sealed() does.
Result<Response> get_paper(const Call& call);

}  // namespace sparkgate::api
