// libFuzzer target: `multipart_fuzz tests/fuzz/corpus/multipart`.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/support/multipart_property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto broken = sparkgate::test::broken_multipart_promise({reinterpret_cast<const char*>(data), size});
  if (!broken.empty()) {
    fprintf(stderr, "broken: %s\n", broken.c_str());
    abort();
  }
  return 0;
}
