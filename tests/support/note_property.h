// What must hold for any bytes given as a signed note or as a verifier's key; the fuzzer and a plain test both ask it.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::test {

/// "" or the sentence that does not hold. What is let in comes out byte for byte, is bounded and clean; and no other
/// text than the worked example's verifies by its key.
std::string broken_note_promise(std::string_view bytes);

}  // namespace sparkgate::test
