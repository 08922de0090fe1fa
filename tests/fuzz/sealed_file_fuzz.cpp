// libFuzzer target: `sealed_file_fuzz tests/fuzz/corpus/sealed_file`.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/support/sealed_file_property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto broken = sparkgate::test::broken_sealed_file_promise({reinterpret_cast<const char*>(data), size});
  if (!broken.empty()) {
    fprintf(stderr, "broken: %s\n", broken.c_str());
    abort();
  }
  return 0;
}
