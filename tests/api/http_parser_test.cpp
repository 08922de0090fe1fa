#include "api/http_parser.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/http_parser_property.h"

namespace sparkgate::api {
namespace {

std::string reason_of(const std::string& fields) {
  const auto parsed = parse_head("POST / HTTP/1.1\r\n" + fields + "\r\n", HeadLimits{});
  if (parsed) return "ok";
  return parsed.error().details.value("reason", std::string(refusal_row(parsed.error().code).name));
}

TEST(HttpParser, a_refusal_names_the_broken_rule) {
  EXPECT_EQ(reason_of("Host: x\r\nContent-Length: 1\r\n"), "ok");
  EXPECT_EQ(reason_of("Content-Length: 1\r\n"), "Host");
  EXPECT_EQ(reason_of("Host: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n"), "content-length");
  EXPECT_EQ(reason_of("Host: x\r\nContent-Length: 1\r\nTransfer-Encoding: x\r\n"), "Transfer-Encoding, Content-Length");
  EXPECT_EQ(reason_of("Host: x\r\nX-A: 1\r\n 2\r\n"), "obs-fold");
  EXPECT_EQ(reason_of("Host: x\r\nX-A: =?utf-8?B?DQo=?=\r\n"), "encoded-word");
  EXPECT_EQ(reason_of("Host: x\r\n"), "length_required");
}

TEST(HttpParser, question_marks_in_a_value_are_no_encoded_word) {
  EXPECT_EQ(reason_of("Host: x\r\nContent-Length: 0\r\nReferer: http://x/?a=?b&q=?\r\n"), "ok");
}

TEST(HttpParser, persistence_follows_version_and_connection) {
  const auto keeps = [](const std::string& version, const std::string& fields) {
    return parse_head("GET / " + version + "\r\nHost: x\r\n" + fields + "\r\n", HeadLimits{})->keep_alive;
  };
  EXPECT_TRUE(keeps("HTTP/1.1", ""));
  EXPECT_FALSE(keeps("HTTP/1.1", "Connection: Keep-Alive, Close\r\n"));
  EXPECT_FALSE(keeps("HTTP/1.0", ""));
  EXPECT_TRUE(keeps("HTTP/1.0", "Connection: Keep-Alive\r\n"));
}

TEST(HttpParser, seeds_of_the_fuzzer_keep_every_promise) {
  int count = 0;
  for (const auto& seed : std::filesystem::directory_iterator(SOURCE_DIR "/tests/fuzz/corpus/http_parser")) {
    std::ifstream file(seed.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(test::broken_http_promise(bytes), "") << seed.path();
    for (size_t cut = 0; cut < bytes.size(); ++cut) {
      EXPECT_EQ(test::broken_http_promise(bytes.substr(0, cut)), "") << seed.path() << " cut at " << cut;
      std::string changed = bytes;
      for (const char c : {'\0', '\r', '\n', ' ', ':', '%', '\x80'}) {
        changed[cut] = c;
        EXPECT_EQ(test::broken_http_promise(changed), "") << seed.path() << " changed at " << cut;
      }
    }
    ++count;
  }
  EXPECT_GE(count, 10);
}

}  // namespace
}  // namespace sparkgate::api
