// The notice page as HTML: values into the template, and the header fields that keep it to itself.
#pragma once

#include "api/http.h"
#include "engine/base/json_value.h"

namespace sparkgate::api {

/// `values`: text, lists, objects and booleans as api/notice/page.mustache names them; text is escaped. No script, no
/// frame, nothing fetched: its one style is allowed by its hash.
Response notice_response(Json values, int status);

}  // namespace sparkgate::api
