// The evidence bundle of one instance, for whoever may read it.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// A zip. Personal parts are in it for auditors and law enforcement over the instance's place.
Result<Response> get_evidence(const Call& call);

}  // namespace sparkgate::api
