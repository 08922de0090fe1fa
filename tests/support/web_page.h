// What a browser without script makes of the pages for public reports: their forms, the cookies, the receipt code.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sparkgate::test {

struct WebPage {
  int status = 0;  // 0: the connection ended instead
  std::string head;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
  std::string header(std::string_view name) const;  // the first; "" when there is none
};

/// By name.
struct CookieJar : std::map<std::string, std::string> {
  /// What a Set-Cookie field says; one without value goes.
  void keep(std::string_view set_cookie);
  /// The value of a Cookie field; "" when there is none.
  std::string field() const;
};

using FormFields = std::vector<std::pair<std::string, std::string>>;

/// The token of the form for that path; "" when the page has no such form.
std::string token_for(std::string_view path, std::string_view body);
std::string percent_encoded(std::string_view text);
/// The body that a form is sent with.
std::string form_body(const std::string& token, const FormFields& fields);

struct SentFile {
  std::string name, type;
  std::string_view bytes;
};
extern const std::string k_file_form_type;
/// The body that a form with a file is sent with, of k_file_form_type.
std::string file_form_body(const std::string& token, const SentFile& file);

/// What a person answers to the question that stands on a page in English where very many report: "12"; "" where there
/// is none.
std::string answer_to_question(std::string_view body);

/// The receipt code that a page shows; "" when it shows none.
std::string code_on(std::string_view body);

}  // namespace sparkgate::test
