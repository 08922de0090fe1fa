// What must hold for any body that says it is a form; the fuzzer and a plain test both ask it.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::test {

/// "" or the sentence that does not hold. `bytes` are a Content-Type, LF and a body. Its fields are those that a reader
/// of another making finds, all of them UTF-8; no token is taken for one of ours.
std::string broken_form_promise(std::string_view bytes);

}  // namespace sparkgate::test
