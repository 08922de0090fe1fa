// The interface's description (OpenAPI 3.1): openapi.yaml as written, and one explicit path for each event.
#pragma once

#include "engine/registry.h"

namespace sparkgate::api {

/// Throws std::runtime_error when openapi.yaml itself is broken: it is part of the program.
Json openapi_document(const Registry& registry, const std::string& version);

}  // namespace sparkgate::api
