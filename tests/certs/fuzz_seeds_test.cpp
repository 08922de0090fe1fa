// What the fuzzers of sealed things and codes begin with, and what is near it, keeps every promise.
#include <gtest/gtest.h>

#include "tests/support/envelope_property.h"
#include "tests/support/files.h"
#include "tests/support/receipt_code_property.h"
#include "tests/support/roster_property.h"
#include "tests/support/sealed_file_property.h"

namespace sparkgate::test {
namespace {

struct Target {
  const char* name;
  std::string (*broken_promise)(std::string_view bytes);
  size_t step;  // between the bytes that are altered
};
constexpr Target k_targets[] = {{"envelope", broken_envelope_promise, 3},
                                {"sealed_file", broken_sealed_file_promise, 5},
                                {"roster", broken_roster_promise, 7},
                                {"receipt_code", broken_receipt_code_promise, 1}};

TEST(FuzzSeeds, of_sealed_things_and_codes_keep_every_promise) {
  for (const Target& target : k_targets) {
    int seeds = 0, inputs = 0;
    const auto ask = [&](const std::string& bytes, const std::string& what) {
      EXPECT_EQ(target.broken_promise(bytes), "") << target.name << "/" << what;
      ++inputs;
    };
    const auto folder = std::filesystem::path(SOURCE_DIR "/tests/fuzz/corpus") / target.name;
    for (const auto& seed : std::filesystem::directory_iterator(folder)) {
      const std::string bytes = content_of(seed.path()), name = seed.path().filename().string();
      ask(bytes, name);
      for (size_t at = 0; at < bytes.size(); at += target.step) {
        ask(bytes.substr(0, at), name + " cut at " + std::to_string(at));
        std::string changed = bytes;
        changed[at] ^= 1;
        ask(changed, name + " changed at " + std::to_string(at));
      }
      ++seeds;
    }
    EXPECT_GE(seeds, 4) << target.name;
    std::printf("%s: %d inputs from %d seeds\n", target.name, inputs, seeds);
  }
}

}  // namespace
}  // namespace sparkgate::test
