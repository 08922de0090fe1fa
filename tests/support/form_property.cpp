#include "tests/support/form_property.h"

#include "api/report/form.h"
#include "engine/base/utf8.h"
#include "tests/support/fake_clock.h"

namespace sparkgate::test {
namespace {

constexpr std::string_view k_type = "application/x-www-form-urlencoded";
constexpr size_t k_most_pairs = 100;  // comparing them costs their square

using Pairs = std::vector<std::pair<std::string, std::string>>;

int digit_of(char c) {
  const auto at = std::string_view("0123456789abcdef").find(static_cast<char>(c >= 'A' && c <= 'F' ? c + 32 : c));
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// False for a percent sign that stands for nothing.
bool decode(std::string& text) {
  size_t used = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i] == '+' ? ' ' : text[i];
    const bool is_coded = c == '%';
    if (is_coded) {
      const int high = i + 1 < text.size() ? digit_of(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? digit_of(text[i + 2]) : -1;
      if (high < 0 || low < 0) return false;
      c = static_cast<char>(16 * high + low);
      i += 2;
    }
    if (!is_coded || c != '\r') text[used++] = c;
  }
  text.resize(used);
  return is_utf8(text);
}

std::optional<Pairs> pairs_of(std::string body) {
  Pairs out;
  if (body.empty()) return out;
  if (body.back() != '&') body += '&';
  for (size_t from = 0, to; (to = body.find('&', from)) != body.npos; from = to + 1) {
    std::string name = body.substr(from, to - from), value;
    if (const size_t equals = name.find('='); equals != name.npos) {
      value = name.substr(equals + 1);
      name.resize(equals);
    }
    if (!decode(name) || !decode(value)) return std::nullopt;
    out.emplace_back(std::move(name), std::move(value));
  }
  return out;
}

std::string broken_promise_of(const api::Form& form, const Pairs& pairs) {
  std::string stranger = "x";
  for (const auto& pair : pairs) stranger += pair.first;
  if (!form.text(stranger).empty() || !form.all(stranger).empty()) return "no field comes from nowhere";
  for (const auto& [name, value] : pairs) {
    std::vector<std::string> all;
    for (const auto& [other, its] : pairs) {
      if (other == name) all.push_back(its);
    }
    if (form.all(name) != all) return "a field is read as it was sent, however often";
    if (form.text(name) != all.front()) return "a field counts as it was sent first";
  }
  return "";
}

}  // namespace

std::string broken_form_promise(std::string_view bytes) {
  const size_t line = std::min(bytes.find('\n'), bytes.size());
  api::Request request;
  request.headers["content-type"] = bytes.substr(0, line);
  request.body = bytes.substr(std::min(line + 1, bytes.size()));
  const auto form = api::Form::parse(request);
  const FakeClock clock;
  SeededRandom random;
  if (api::FormTokens(clock, random).check(bytes, "cookie", "new") != api::FormTokens::Verdict::foreign) {
    return "no token is made by anybody else";
  }
  const auto pairs = pairs_of(request.body);
  if (form && !pairs) return "what is malformed is no form";
  if (!form && pairs && request.headers["content-type"] == k_type) return "what is well formed is a form";
  return form && pairs->size() <= k_most_pairs ? broken_promise_of(*form, *pairs) : "";
}

}  // namespace sparkgate::test
