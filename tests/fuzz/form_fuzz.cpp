// libFuzzer target: `form_fuzz tests/fuzz/corpus/form`.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/support/form_property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto broken = sparkgate::test::broken_form_promise({reinterpret_cast<const char*>(data), size});
  if (!broken.empty()) {
    fprintf(stderr, "broken: %s\n", broken.c_str());
    abort();
  }
  return 0;
}
