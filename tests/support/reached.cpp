#include "tests/support/reached.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "engine/base/refusal.h"

namespace sparkgate::test {
namespace {

constexpr const char* k_folder = "SPARKGATE_REACHED";

// Suites that make refusals by hand, to look at their wording: theirs do not count.
const std::set<std::string> k_by_hand = {"Refusal", "InLanguage", "Finding", "Describe", "Problem", "Wording"};

std::array<std::atomic<bool>, 256> made;

void see(Code code) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  if (!test || !k_by_hand.contains(test->test_suite_name())) made[static_cast<size_t>(code)] = true;
}

class Recorder : public testing::Environment {
 public:
  void SetUp() override {
    if (std::getenv(k_folder)) watch_refusals(see);
  }
  void TearDown() override {
    const char* folder = std::getenv(k_folder);
    if (!folder) return;
    watch_refusals(nullptr);
    std::filesystem::create_directories(folder);
    std::ofstream file(std::filesystem::path(folder) / std::to_string(::getpid()));
    const auto& all = *testing::UnitTest::GetInstance();
    for (int s = 0; s < all.total_test_suite_count(); ++s) {
      const auto& suite = *all.GetTestSuite(s);
      for (int t = 0; t < suite.total_test_count(); ++t) {
        const auto& test = *suite.GetTestInfo(t);
        if (test.should_run()) file << "test " << test.test_suite_name() << "." << test.name() << "\n";
      }
    }
    for (const RefusalRow& row : all_refusals()) {
      if (made[static_cast<size_t>(row.code)]) file << "code " << row.name << "\n";
    }
  }
};

[[maybe_unused]] const auto* const k_recorder = testing::AddGlobalTestEnvironment(new Recorder);

}  // namespace

Reached reached_so_far() {
  Reached out;
  const char* folder = std::getenv(k_folder);
  if (!folder || !std::filesystem::is_directory(folder)) return out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    for (std::string kind, name; file >> kind >> name;) (kind == "test" ? out.tests : out.codes).insert(name);
  }
  return out;
}

}  // namespace sparkgate::test
