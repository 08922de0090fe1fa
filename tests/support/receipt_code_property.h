// What must hold for any text in which a receipt code is looked for; the fuzzer and a plain test both ask it.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::test {

/// "" or the sentence that does not hold. What is read as a code is one however it is written, and is found in whatever
/// text it stands; nothing else is found.
std::string broken_receipt_code_promise(std::string_view text);

}  // namespace sparkgate::test
