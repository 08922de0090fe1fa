// Which refusals the product has made while tests ran, over all test processes of one run of ctest.
#pragma once

#include <set>
#include <string>

namespace sparkgate::test {

/// From the folder named by SPARKGATE_REACHED, where each test process leaves a file: its tests, and the codes made.
struct Reached {
  std::set<std::string> codes;
  std::set<std::string> tests;
};
Reached reached_so_far();

}  // namespace sparkgate::test
