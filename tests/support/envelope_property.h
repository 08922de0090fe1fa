// What must hold for whatever is sealed, and for whatever says that it was; the fuzzer and a plain test both ask it.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::test {

/// "" or the sentence that does not hold. `bytes` are a form of sealing, two bytes of a place, one to alter it by, and
/// a message. What is sealed opens to the message; altered, cut, lengthened or by itself it opens to nothing.
std::string broken_envelope_promise(std::string_view bytes);

}  // namespace sparkgate::test
