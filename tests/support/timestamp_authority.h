// A timestamp authority of the moment: a CA and a signer made by the `openssl` command, which also answers.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/temp_folder.h"

namespace sparkgate::test {

class TimestampAuthority {
 public:
  static constexpr const char* k_policy = "1.3.6.1.4.1.99999.1";

  /// `until`: when the signer's certificate ends.
  explicit TimestampAuthority(const std::string& until = "20991231235959Z");
  std::string ca_pem() const;
  /// A TimeStampResp (DER) to a TimeStampReq (DER).
  std::string reply(std::string_view request) const;
  /// What `openssl ts -verify` says of a response to the request: "" when all is well.
  std::string objection(std::string_view request, std::string_view response) const;
  /// The same of a response about the data, without its request.
  std::string objection_about(std::string_view data, std::string_view response) const;

  /// Whether there is an `openssl` command.
  static bool possible();

 private:
  std::string openssl(const std::string& arguments) const;
  TempFolder folder_;
};

}  // namespace sparkgate::test
