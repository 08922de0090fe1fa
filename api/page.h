// HTML pages that the service makes itself: values into a template.
#pragma once

#include <string>

#include "api/call.h"

namespace sparkgate::api {

/// `path`: of a mustache template that the build embeds. Text is escaped where the template does not say otherwise
/// ({{{…}}}). Throws std::out_of_range for a path that is not embedded.
std::string render(std::string_view path, const Json& values);

/// What `?lang=` asks for, else the caller's. People open pages: a language that there is not is no reason to show them
/// an error.
Language page_language(const Call& call);

}  // namespace sparkgate::api
