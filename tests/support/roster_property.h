// What must hold for any text that the intake lead signs as a roster; the fuzzer and a plain test both ask it.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::test {

/// "" or the sentence that does not hold. `bytes` are signed as a roster of the office "office" at a time of 2026; what
/// is read of them is all of them, bounded, and of nobody else's making.
std::string broken_roster_promise(std::string_view bytes);

}  // namespace sparkgate::test
