// What a form without script sends, and the token that says our own page sent it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/http.h"
#include "engine/base/random.h"

namespace sparkgate::api {

/// The fields of an application/x-www-form-urlencoded body (WHATWG URL, section 5.1). One that is sent twice counts as
/// it was sent first; `all` has every one.
class Form {
 public:
  /// Nothing for another content type and for what is malformed or no UTF-8. Line breaks come as "\n".
  static std::optional<Form> parse(const Request& request);

  std::string text(std::string_view name) const;  // "" when it is not there
  std::vector<std::string> all(std::string_view name) const;

 private:
  std::multimap<std::string, std::string, std::less<>> fields_;
};

/// Token = seconds ‖ "." ‖ HMAC(key, cookie ‖ route ‖ seconds). Without a session it says that the page was shown to
/// this very browser, a moment ago.
class FormTokens {
 public:
  FormTokens(const Clock& clock, Random& random);
  std::string make(std::string_view cookie, std::string_view route) const;
  enum class Verdict { good, stale, foreign };
  /// Stale: younger than three seconds, as no person fills in a form, or older than two hours.
  Verdict check(std::string_view token, std::string_view cookie, std::string_view route) const;
  /// Two numbers from 2 to 9 to be added by whoever fills in the form of that token.
  std::pair<int, int> question(std::string_view token) const;

 private:
  std::string mark(std::string_view cookie, std::string_view route, std::string_view seconds) const;
  const Clock& clock_;
  const std::string key_;  // of this run of the service
};

}  // namespace sparkgate::api
