// What must hold for any bytes that the HTTP parser is given; the fuzzer and a plain test both ask it.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::test {

/// "" or the sentence that does not hold. Heads are judged alike whether they come whole or byte by byte; whatever is
/// let in has no control characters, no dot segments, a bounded length and a Host.
std::string broken_http_promise(std::string_view bytes);

}  // namespace sparkgate::test
