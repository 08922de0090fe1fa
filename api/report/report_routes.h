// The routes of public reports: rows of the service's table.
#pragma once

#include "api/router.h"

namespace sparkgate::api {

std::vector<Route> report_routes();

}  // namespace sparkgate::api
