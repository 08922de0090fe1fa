#include "certs/cms_export.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/command_line.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

namespace sparkgate {
namespace {

// Certificates of openssl's making, read by openssl's own decryption.
struct CmsExport : testing::Test {
  void SetUp() override {
    if (!test::has_program("openssl")) GTEST_SKIP() << "there is no openssl command";
  }
  std::string path(const std::string& name) const { return (folder.path() / name).string(); }

  /// The PEM of a certificate for a new key of its own.
  std::string certificate(const std::string& name, const std::string& key, const std::string& more = "") {
    const auto made = test::run("umask 077; openssl req -x509 -newkey " + key + " -nodes -keyout " + path(name) +
                                ".pem -out " + path(name) + ".crt -days 30 -utf8 " +
                                "-subj '/O=市监委/CN=Receiving' " + more);
    if (made.status != 0) throw std::runtime_error(made.output);
    return test::content_of(path(name) + ".crt");
  }
  test::Ran opened(const std::string& name) {
    return test::run("openssl cms -decrypt -inform DER -binary -in " + path("sealed") + " -inkey " + path(name) +
                     ".pem -recip " + path(name) + ".crt -out " + path("opened"));
  }
  // A minute on: what was made meanwhile is valid.
  static Time now() { return SystemClock().wall() + minutes(1); }
  static std::string refusal(const std::string& pem, Time at = now()) {
    const auto recipient = CmsRecipient::from_pem(pem, at);
    if (recipient) return "taken";
    EXPECT_EQ(recipient.error().code, Code::certificate_unusable);
    return recipient.error().details.at("reason").at("en");
  }

  static constexpr const char* k_p256 = "ec -pkeyopt ec_paramgen_curve:P-256";
  test::TempFolder folder;
};

std::string content() {
  std::string out = "PK";
  for (uint32_t i = 0; i < 200'000; ++i) out += static_cast<char>(i * i % 251);
  return out;
}

TEST_F(CmsExport, is_opened_by_openssl_with_the_recipients_key_and_by_no_other) {
  const auto recipient = CmsRecipient::from_pem(certificate("ours", k_p256), now()).value();
  certificate("others", k_p256);
  test::write_file(path("sealed"), recipient.seal(content()));
  ASSERT_EQ(opened("ours").status, 0) << opened("ours").output;
  EXPECT_TRUE(test::content_of(path("opened")) == content());
  EXPECT_NE(opened("others").status, 0);
}

TEST_F(CmsExport, no_altered_byte_opens) {
  const auto recipient = CmsRecipient::from_pem(certificate("ours", k_p256), now()).value();
  const std::string sealed = recipient.seal("a report, of which nothing may be changed on the way");
  for (const size_t from_end : {1, 8, 20, 40, 60}) {
    std::string altered = sealed;
    altered[altered.size() - from_end] ^= 1;
    test::write_file(path("sealed"), altered);
    EXPECT_NE(opened("ours").status, 0) << from_end;
  }
}

TEST_F(CmsExport, is_by_the_algorithms_that_it_promises) {
  const auto recipient = CmsRecipient::from_pem(certificate("ours", k_p256), now()).value();
  test::write_file(path("sealed"), recipient.seal("x"));
  const auto printed = test::run("openssl cms -cmsout -print -noout -inform DER -in " + path("sealed"));
  for (const char* algorithm : {"authEnvelopedData", "aes-256-gcm", "dhSinglePass-stdDH-sha256kdf-scheme",
                                "id-aes256-wrap", "kari"}) {
    EXPECT_NE(printed.output.find(algorithm), std::string::npos) << algorithm << "\n" << printed.output;
  }
}

TEST_F(CmsExport, takes_certificates_of_p256_keys_for_agreement_that_are_valid_and_no_others) {
  const std::string good = certificate("good", k_p256);
  EXPECT_EQ(refusal(good), "taken");
  EXPECT_EQ(refusal(certificate("agrees", k_p256, "-addext keyUsage=critical,keyAgreement")), "taken");
  EXPECT_EQ(refusal(certificate("rsa", "rsa:2048")), "it is not of a P-256 key");
  EXPECT_EQ(refusal(certificate("p384", "ec -pkeyopt ec_paramgen_curve:P-384")), "it is not of a P-256 key");
  EXPECT_EQ(refusal(certificate("ed", "ed25519")), "it is not of a P-256 key");
  EXPECT_EQ(refusal(certificate("signs", k_p256, "-addext keyUsage=critical,digitalSignature")),
            "its key must not be used for key agreement");
  EXPECT_EQ(refusal(good, now() + std::chrono::days(31)), "it is not valid now");
  EXPECT_EQ(refusal(good, now() - std::chrono::days(1)), "it is not valid now");
  EXPECT_EQ(refusal(good + good), "there is more than one certificate");
  EXPECT_EQ(refusal(test::content_of(path("good.pem"))), "it is no certificate in PEM") << "a secret key";
  EXPECT_EQ(refusal(""), "it is no certificate in PEM");
  EXPECT_EQ(refusal(good.substr(0, good.size() / 2)), "it is no certificate in PEM");
  EXPECT_EQ(refusal(std::string(20'000, 'x')), "it is too long");
}

TEST_F(CmsExport, names_the_recipient_as_openssl_does) {
  const auto recipient = CmsRecipient::from_pem(certificate("ours", k_p256), now()).value();
  EXPECT_EQ(recipient.subject(), "CN=Receiving,O=市监委");
  const auto print = test::run("openssl x509 -noout -fingerprint -sha256 -in " + path("ours.crt") +
                               " | sed 's/.*=//;s/://g' | tr 'A-F' 'a-f' | tr -d '\\n'");
  EXPECT_EQ(recipient.fingerprint(), print.output);
}

}  // namespace
}  // namespace sparkgate
