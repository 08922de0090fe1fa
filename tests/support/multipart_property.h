// What must hold for any form that the multipart parser is given; the fuzzer and a plain test both ask it.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::test {

/// "" or the sentence that does not hold. `bytes` are a Content-Type, LF and a body. A form is read alike whole and in
/// pieces; each part has the bytes between its boundaries, no more and no fewer; what is let in is clean and bounded.
std::string broken_multipart_promise(std::string_view bytes);

}  // namespace sparkgate::test
