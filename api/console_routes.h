// The web console: its files, with the header fields that keep a browser from running or fetching anything else.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// / and /console lead to /console/.
Result<Response> open_console(const Call& call);

/// A file of that name; any other path below /console/ is a page of the console's own. Refuses with not_found when the
/// binary was built without it.
Result<Response> get_console_page(const Call& call);

/// A file whose name changes with its content. Refuses with not_found.
Result<Response> get_console_asset(const Call& call);

}  // namespace sparkgate::api
