// The fuzzer's promises on its own seeds, each cut and changed byte by byte.
#include <gtest/gtest.h>

#include "tests/support/bundle_property.h"
#include "tests/support/files.h"

namespace sparkgate {
namespace {

TEST(BundleReader, seeds_of_the_fuzzer_keep_every_promise) {
  int count = 0;
  for (const auto& seed : std::filesystem::directory_iterator(SOURCE_DIR "/tests/fuzz/corpus/bundle")) {
    const std::string bytes = test::content_of(seed.path());
    EXPECT_EQ(test::broken_bundle_promise(bytes), "") << seed.path();
    for (size_t at = 0; at < bytes.size(); ++at) {
      EXPECT_EQ(test::broken_bundle_promise(std::string_view(bytes).substr(0, at)), "") << seed.path() << " cut " << at;
      std::string changed = bytes;
      for (const char c : {'\0', '\n', '/', '{', '\xff'}) {
        changed[at] = c;
        EXPECT_EQ(test::broken_bundle_promise(changed), "") << seed.path() << " changed at " << at;
      }
    }
    ++count;
  }
  EXPECT_GE(count, 4);
}

}  // namespace
}  // namespace sparkgate
