// Timestamps against `openssl ts`, in both directions.
#include "certs/timestamp.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "engine/base/digest.h"
#include "tests/support/command_line.h"
#include "tests/support/files.h"
#include "tests/support/timestamp_authority.h"
#include "tests/support/timestamp_property.h"

namespace sparkgate {
namespace {

using test::TimestampAuthority;

const std::filesystem::path k_seeds = SOURCE_DIR "/tests/fuzz/corpus/timestamp";

const std::string k_data = "permits.example.org/log/2026\n300\nhOE+weA3FVrmGXV1mbLNIa2lpWXg/ZsxOcDDxsG4rak=\n";

std::string reason_of(const Result<Timestamp>& result) {
  if (result) return "";
  return result.error().details.value("/reason/en"_json_pointer, std::string(refusal_row(result.error().code).name));
}

class Timestamps : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!TimestampAuthority::possible()) return;
    SystemRandom random;
    authority_ = std::make_unique<TimestampAuthority>();
    request_ = timestamp_request(k_data, random);
    response_ = authority_->reply(request_);
  }
  static void TearDownTestSuite() { authority_.reset(); }
  void SetUp() override {
    if (!authority_) GTEST_SKIP() << "there is no openssl command";
  }

  static std::unique_ptr<TimestampAuthority> authority_;
  static std::string request_, response_;
  SystemRandom random_;
};
std::unique_ptr<TimestampAuthority> Timestamps::authority_;
std::string Timestamps::request_, Timestamps::response_;

TEST_F(Timestamps, of_an_authority_verify_here_and_by_openssl) {
  EXPECT_EQ(authority_->objection(request_, response_), "");
  const auto stamp = verify_timestamp(response_, k_data, authority_->ca_pem(), request_);
  ASSERT_TRUE(stamp) << describe(stamp.error());
  EXPECT_EQ(stamp->policy, TimestampAuthority::k_policy);
  EXPECT_EQ(stamp->serial, "0a1c");
  EXPECT_LE(SystemClock().wall() - stamp->at, minutes(5));
  EXPECT_LE(stamp->at, SystemClock().wall());
}

TEST_F(Timestamps, are_asked_for_as_openssl_reads_it) {
  const std::string der = timestamp_request(k_data, random_);
  const auto ran = test::run("printf %s '" + base64(der) + "' | base64 -d | openssl ts -query -in /dev/stdin -text");
  for (const char* line : {"Hash Algorithm: sha256", "Certificate required: yes", "Policy OID: unspecified"}) {
    EXPECT_NE(ran.output.find(line), std::string::npos) << ran.output;
  }
  EXPECT_NE(der, timestamp_request(k_data, random_)) << "two nonces are alike";
}

TEST_F(Timestamps, verify_later_without_the_request) {
  EXPECT_EQ(reason_of(verify_timestamp(response_, k_data, authority_->ca_pem())), "");
}

TEST_F(Timestamps, about_other_data_are_refused) {
  const std::string other = k_data + " ", ca = authority_->ca_pem();
  EXPECT_EQ(reason_of(verify_timestamp(response_, other, ca)), "it is about other data");
  EXPECT_EQ(reason_of(verify_timestamp(response_, other, ca, request_)), "the request is about other data");
  EXPECT_EQ(reason_of(verify_timestamp(response_, other, ca, timestamp_request(other, random_))),
            "it is about other data");
}

TEST_F(Timestamps, that_answer_another_request_are_refused) {
  const std::string again = timestamp_request(k_data, random_);
  EXPECT_EQ(reason_of(verify_timestamp(response_, k_data, authority_->ca_pem(), again)), "it answers another request");
}

TEST_F(Timestamps, of_an_authority_that_is_not_trusted_are_refused) {
  const TimestampAuthority stranger;
  EXPECT_EQ(reason_of(verify_timestamp(response_, k_data, stranger.ca_pem(), request_)),
            "the authority's certificate is not trusted");
  EXPECT_EQ(reason_of(verify_timestamp(response_, k_data, stranger.ca_pem() + authority_->ca_pem(), request_)), "")
      << "one of several";
  EXPECT_EQ(reason_of(verify_timestamp(response_, k_data, "", request_)), "no certificate of a CA is given");
}

TEST_F(Timestamps, whose_signer_had_no_certificate_for_it_at_that_time_are_refused) {
  const TimestampAuthority ended("20210101000000Z");
  EXPECT_EQ(reason_of(verify_timestamp(ended.reply(request_), k_data, ended.ca_pem(), request_)),
            "the authority's certificate is not trusted");
}

TEST_F(Timestamps, that_were_not_granted_are_refused_as_such) {
  const auto sha1 = test::run("printf m | openssl ts -query -sha1 -data /dev/stdin 2>/dev/null | base64 -w0");
  const std::string refusal = authority_->reply(from_base64(sha1.output).value());
  const auto result = verify_timestamp(refusal, k_data, authority_->ca_pem(), request_);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Code::timestamp_refused);
}

TEST_F(Timestamps, cut_short_or_lengthened_are_refused) {
  const std::string ca = authority_->ca_pem();
  for (size_t size = 0; size < response_.size(); ++size) {
    EXPECT_FALSE(verify_timestamp(response_.substr(0, size), k_data, ca, request_)) << size;
  }
  EXPECT_EQ(reason_of(verify_timestamp(response_ + '\0', k_data, ca, request_)), "it is no timestamp response");
  EXPECT_EQ(reason_of(verify_timestamp(std::string(k_max_timestamp_bytes + 1, '0'), k_data, ca)),
            "it is no timestamp response");
}

// One bit of every byte: refused, or still the same statement (a few bytes of the envelope are not signed).
TEST_F(Timestamps, never_tell_anything_else_when_a_bit_is_flipped) {
  const std::string ca = authority_->ca_pem();
  const auto stamp = verify_timestamp(response_, k_data, ca, request_);
  ASSERT_TRUE(stamp) << describe(stamp.error());
  size_t refused = 0;
  for (size_t at = 0; at < response_.size(); ++at) {
    std::string flipped = response_;
    flipped[at] ^= static_cast<char>(1 << at % 8);
    const auto result = verify_timestamp(flipped, k_data, ca, request_);
    refused += !result;
    EXPECT_EQ(result.value_or(*stamp), *stamp) << "byte " << at;
  }
  EXPECT_GT(refused, response_.size() * 95 / 100);
}

// The signer's certificate ended long ago: what counts is that it was good at that time.
TEST(TimestampSeeds, kept_timestamp_verifies_after_its_certificate_has_ended) {
  EXPECT_EQ(test::told_by_timestamp(test::content_of(k_seeds / "granted")),
            "2026-11-24T15:50:24Z 1.3.6.1.4.1.99999.1 0a1c");
}

TEST(TimestampSeeds, keep_every_promise) {
  for (const char* name : {"granted", "rejected", "bare_token", "empty_sequence", "long_length"}) {
    const std::string bytes = test::content_of(k_seeds / name);
    ASSERT_FALSE(bytes.empty()) << name;
    EXPECT_EQ(test::broken_timestamp_promise(bytes), "") << name;
    for (size_t at = 0; at < bytes.size(); ++at) {
      EXPECT_EQ(test::broken_timestamp_promise(bytes.substr(0, at)), "") << name << " cut at " << at;
      std::string changed = bytes;
      changed[at] ^= static_cast<char>(1 << at % 8);
      EXPECT_EQ(test::broken_timestamp_promise(changed), "") << name << " changed at " << at;
    }
  }
}

}  // namespace
}  // namespace sparkgate
