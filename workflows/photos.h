// Photographs by the SHA-256 of their bytes, as bodies and entries name them.
#pragma once

#include <string>
#include <vector>

#include "engine/base/json_value.h"

namespace sparkgate {

/// Whatever stands under `photo` (a text) and `photos` (a list of texts), at any depth; what is no text is passed over.
std::vector<std::string> photos_in(const Json& holder);

}  // namespace sparkgate
