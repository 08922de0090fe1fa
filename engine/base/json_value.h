// The JSON value of the whole project. Values, not shared pointers: a copy is a copy, so nothing that a decision
// changes can show through in a reader's answer.
#pragma once

#include <nlohmann/json.hpp>

// Compiled once, in json.cpp.
extern template class nlohmann::basic_json<>;

namespace sparkgate {
using Json = nlohmann::json;
}
