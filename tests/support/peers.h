// Implementations by others, asked what they make of the same bytes: small programs in tests/peers, which answer one
// JSON value a line. tests/run installs what they need, npm packages into build-peers.
#pragma once

#include <string>
#include <vector>

#include "engine/base/json_value.h"

namespace sparkgate::test {

/// "" when it can be asked, else why not: for GTEST_SKIP.
std::string missing_npm(const std::string& package);
std::string missing_go();

/// An answer a question; throws when there are not as many.
std::vector<Json> ask_node(const std::string& script, const std::vector<Json>& questions);
std::vector<Json> ask_go(const std::string& program, const std::vector<Json>& questions);

}  // namespace sparkgate::test
