// `sparkgate verify`: judges an evidence bundle offline and says so, step by step.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace sparkgate::admin {

struct VerifyOptions {
  std::string bundle;                    // a file
  std::vector<std::string> keys;         // verifier keys of logs
  std::vector<std::string> witnesses;    // and of witnesses
  std::optional<size_t> witnesses_needed;  // none: all that are given
  std::string authorities;                 // PEM file of a timestamp authority's CA certificates; "": none
  std::vector<std::string> enrollers;      // kids of the keys that may enrol others
  std::optional<size_t> enrollers_needed;  // none: two, or one where only one is given
  std::string rp_id;                       // where passkeys were used: WebAuthn's relying party …
  std::vector<std::string> web_origins;    // … and the pages' origins
  bool json = false;
};

/// 0: genuine and complete; 1: not, or not shown to be; 2: no usable bundle; 64: keys or options are wrong.
int verify(const VerifyOptions& options, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
