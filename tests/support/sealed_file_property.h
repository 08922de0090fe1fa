// What must hold for any file that is sealed while it streams by; the fuzzer and a plain test both ask it.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::test {

/// "" or the sentence that does not hold. `bytes` are the size of the pieces, a repetition, three bytes of a place, one
/// to alter it by, and what the file holds so many times. It is sealed and read alike in whatever pieces; altered or
/// cut it is not whole, and what it gave until then is its beginning.
std::string broken_sealed_file_promise(std::string_view bytes);

}  // namespace sparkgate::test
