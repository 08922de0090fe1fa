// HTML pages that the service makes itself: values into a template.
#pragma once

#include <string>

#include "engine/base/json_value.h"

namespace sparkgate::api {

/// `path`: of a mustache template that the build embeds. Text is escaped where the template does not say otherwise
/// ({{{…}}}). Throws std::out_of_range for a path that is not embedded.
std::string render(std::string_view path, const Json& values);

}  // namespace sparkgate::api
