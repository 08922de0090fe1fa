// Runs tests/http/*.txt, each on the demo township.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/transcript.h"

namespace sparkgate {
namespace {

std::vector<std::filesystem::path> transcripts() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(SOURCE_DIR) / "tests/http")) {
    if (entry.path().extension() == ".txt") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

class Transcripts : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Transcripts, run_as_written) {
  std::ifstream file(GetParam(), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  ASSERT_FALSE(text.empty());
  test::Service service;
  for (const std::string& wrong : test::run_transcript(service, text)) ADD_FAILURE() << wrong;
}

INSTANTIATE_TEST_SUITE_P(Http, Transcripts, testing::ValuesIn(transcripts()),
                         [](const auto& info) { return info.param.stem().string(); });

}  // namespace
}  // namespace sparkgate
