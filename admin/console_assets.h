// The console as the build made it (admin/console/build.mjs); empty in a build without it.
#pragma once

#include "api/assets.h"

namespace sparkgate::admin {

const std::map<std::string_view, api::Asset>& console_assets();

}  // namespace sparkgate::admin
