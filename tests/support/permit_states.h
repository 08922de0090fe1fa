// A permit in each state of its lifecycle.
#pragma once

#include "tests/support/town.h"

namespace sparkgate::test {

/// A permit in that state, reached with everything in order that the next step needs. Throws when there is no way.
std::string permit_in(Town& town, const std::string& state);

}  // namespace sparkgate::test
