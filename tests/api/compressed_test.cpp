// Long descriptions travel compressed to whoever takes that; nothing with personal parts does.
#include <Poco/InflatingStream.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/support/service.h"

namespace sparkgate {
namespace {

using test::Got;

Got get(const std::string& path, const std::string& login, const std::string& accepted) {
  return test::shared_service().ask({"GET", path, login, nullptr, {{"accept-encoding", accepted}}});
}

std::string unpacked(const std::string& bytes) {
  std::istringstream in(bytes);
  Poco::InflatingInputStream text(in, Poco::InflatingStreamBuf::STREAM_GZIP);
  std::ostringstream out;
  out << text.rdbuf();
  return out.str();
}

TEST(Compressed, a_description_is_the_same_packed_and_plain) {
  for (const char* path : {"/api/v1/workflows/hot_work_permit", "/api/v1/openapi.json"}) {
    const Got plain = get(path, "admin", "identity"), packed = get(path, "admin", "gzip, br");
    EXPECT_EQ(plain.headers.count("Content-Encoding"), 0u) << path;
    EXPECT_EQ(packed.headers.at("Content-Encoding"), "gzip") << path;
    EXPECT_EQ(packed.headers.at("Vary"), "Accept-Encoding, Accept-Language") << path;
    EXPECT_LT(packed.text.size() * 5, plain.text.size()) << path;
    EXPECT_EQ(unpacked(packed.text), plain.text) << path;
  }
}

TEST(Compressed, what_differs_by_who_asks_is_never_packed) {
  for (const char* path : {"/api/v1/me", "/api/v1/permits", "/api/v1/persons"}) {
    EXPECT_EQ(get(path, "admin", "gzip").headers.count("Content-Encoding"), 0u) << path;
  }
}

TEST(Compressed, whoever_refuses_it_gets_it_plain) {
  for (const char* accepted : {"gzip;q=0", "", "br"}) {
    EXPECT_EQ(get("/api/v1/openapi.json", "", accepted).headers.count("Content-Encoding"), 0u) << accepted;
  }
}

}  // namespace
}  // namespace sparkgate
