// What must hold for any bytes given as a timestamp; the fuzzer and a plain test both ask it.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::test {

/// "" or the sentence that does not hold. About the data of the seed `granted` nothing verifies but what `granted`
/// says; and no bytes pass for a request and its answer at once.
std::string broken_timestamp_promise(std::string_view bytes);

/// "time policy serial" of a response about that data, or "".
std::string told_by_timestamp(std::string_view bytes);

}  // namespace sparkgate::test
