// What must hold for any bytes that are sent as a photo; the fuzzer and a plain test both ask it.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::test {

/// "" or the sentence that does not hold. What is read has a bounded size and claims in their form, and its copy is a
/// photo itself that looks the same, is no larger, and claims nothing.
std::string broken_photo_promise(std::string_view bytes);

}  // namespace sparkgate::test
