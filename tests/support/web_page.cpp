#include "tests/support/web_page.h"

#include <algorithm>

namespace sparkgate::test {
namespace {

constexpr const char* k_boundary = "----WebKitFormBoundaryAJN4NfHvuoZZvJGJ";

std::string between(std::string_view text, std::string_view before, std::string_view after, size_t from = 0) {
  const size_t at = text.find(before, from);
  if (at == text.npos) return "";
  const size_t start = at + before.size(), end = text.find(after, start);
  return end == text.npos ? "" : std::string(text.substr(start, end - start));
}

}  // namespace

const std::string k_file_form_type = std::string("multipart/form-data; boundary=") + k_boundary;

std::string WebPage::header(std::string_view name) const {
  const auto at = std::find_if(headers.begin(), headers.end(), [&](const auto& field) { return field.first == name; });
  return at == headers.end() ? "" : at->second;
}

void CookieJar::keep(std::string_view set_cookie) {
  const std::string name(set_cookie.substr(0, set_cookie.find('='))), held = between(set_cookie, "=", ";");
  if (held.empty()) erase(name);
  else (*this)[name] = held;
}

std::string CookieJar::field() const {
  std::string out;
  for (const auto& [name, value] : *this) out += (out.empty() ? "" : "; ") + name + "=" + value;
  return out;
}

std::string token_for(std::string_view path, std::string_view body) {
  const size_t form = body.find("action=\"" + std::string(path) + "?");
  return form == body.npos ? "" : between(body, "name=\"token\" value=\"", "\"", form);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

std::string form_body(const std::string& token, const FormFields& fields) {
  std::string out = "token=" + token;
  for (const auto& [name, value] : fields) out += "&" + name + "=" + percent_encoded(value);
  return out;
}

std::string file_form_body(const std::string& token, const SentFile& file) {
  const std::string begin = std::string("--") + k_boundary + "\r\n", disposition = "Content-Disposition: form-data; ";
  return (begin + disposition + "name=\"token\"\r\n\r\n" + token + "\r\n" + begin + disposition)
      .append("name=\"file\"; filename=\"" + file.name + "\"\r\nContent-Type: " + file.type + "\r\n\r\n")
      .append(file.bytes)
      .append("\r\n--" + std::string(k_boundary) + "--\r\n");
}

std::string answer_to_question(std::string_view body) {
  constexpr std::string_view numbers[] = {"zero", "one", "two",   "three", "four",
                                          "five", "six", "seven", "eight", "nine"};
  const std::string question = between(body, "What is ", "?");
  const auto number = [&](std::string_view word) {
    return std::find(std::begin(numbers), std::end(numbers), word) - std::begin(numbers);
  };
  const size_t plus = question.find(" plus ");
  if (plus == question.npos) return "";
  return std::to_string(number(question.substr(0, plus)) + number(question.substr(plus + 6)));
}

std::string code_on(std::string_view body) { return between(body, "<code>", "</code>"); }

}  // namespace sparkgate::test
