// libFuzzer target: `roster_fuzz tests/fuzz/corpus/roster`.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/support/roster_property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto broken = sparkgate::test::broken_roster_promise({reinterpret_cast<const char*>(data), size});
  if (!broken.empty()) {
    fprintf(stderr, "broken: %s\n", broken.c_str());
    abort();
  }
  return 0;
}
