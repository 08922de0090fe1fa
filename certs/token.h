// Secrets that open doors: made at random, compared in constant time.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/random.h"

namespace sparkgate {

/// 256 random bits in hexadecimal.
std::string new_token(Random& random);

/// Takes the same time wherever the two differ; texts of different length differ at once.
bool constant_time_equal(std::string_view a, std::string_view b);

}  // namespace sparkgate
