// What reading a bundle promises for any bytes at all; for tests and the fuzzer.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::test {

/// "" when all promises hold for the bytes, taken both as an archive and as the files themselves ("name\ncontent\xff"
/// one after the other): names are plain, bounds are kept, and files that fit their manifest are written as they were
/// read.
std::string broken_bundle_promise(std::string_view bytes);

}  // namespace sparkgate::test
