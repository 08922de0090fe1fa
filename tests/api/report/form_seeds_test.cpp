// What the fuzzer of forms begins with, and what is near it, keeps every promise.
#include <gtest/gtest.h>

#include "tests/support/files.h"
#include "tests/support/form_property.h"

namespace sparkgate::test {
namespace {

TEST(FormSeeds, keep_every_promise) {
  int seeds = 0;
  for (const auto& seed : std::filesystem::directory_iterator(SOURCE_DIR "/tests/fuzz/corpus/form")) {
    const std::string bytes = content_of(seed.path());
    EXPECT_EQ(broken_form_promise(bytes), "") << seed.path();
    for (size_t at = 0; at < bytes.size(); ++at) {
      EXPECT_EQ(broken_form_promise(bytes.substr(0, at)), "") << seed.path() << " cut at " << at;
      std::string changed = bytes;
      for (const char c : {'\0', '%', '&', '=', '+', '\xff'}) {
        changed[at] = c;
        EXPECT_EQ(broken_form_promise(changed), "") << seed.path() << " changed at " << at;
      }
    }
    ++seeds;
  }
  EXPECT_GE(seeds, 6);
}

}  // namespace
}  // namespace sparkgate::test
