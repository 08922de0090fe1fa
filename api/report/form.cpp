#include "api/report/form.h"

#include <charconv>

#include "api/ascii.h"
#include "certs/kdf.h"
#include "certs/token.h"
#include "engine/base/utf8.h"

namespace sparkgate::api {
namespace {

constexpr std::string_view k_type = "application/x-www-form-urlencoded";
constexpr seconds k_youngest(3);
constexpr hours k_oldest(2);
constexpr size_t k_key_bytes = 32;
constexpr size_t k_digits = 10;  // all tokens are as long: an answer's size tells nothing

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const auto byte = from_hex(text.substr(i + 1, 2));
    if (!byte || byte->size() != 1) return std::nullopt;
    if (*byte != "\r") out += *byte;  // browsers send "\r\n"
    i += 2;
  }
  return is_utf8(out) ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace

std::optional<Form> Form::parse(const Request& request) {
  const std::string type = to_lower(request.header("content-type"));
  if (type != k_type && !type.starts_with(std::string(k_type) + ";")) return std::nullopt;
  Form form;
  for (std::string_view rest = request.body; !rest.empty();) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    const size_t equals = std::min(pair.find('='), pair.size());
    auto name = decoded(pair.substr(0, equals)), value = decoded(pair.substr(std::min(equals + 1, pair.size())));
    if (!name || !value) return std::nullopt;
    form.fields_.emplace(std::move(*name), std::move(*value));
  }
  return form;
}

std::string Form::text(std::string_view name) const {
  const auto at = fields_.lower_bound(name);
  return at == fields_.end() || at->first != name ? "" : at->second;
}

std::vector<std::string> Form::all(std::string_view name) const {
  std::vector<std::string> out;
  const auto [first, last] = fields_.equal_range(name);
  for (auto at = first; at != last; ++at) out.push_back(at->second);
  return out;
}

FormTokens::FormTokens(const Clock& clock, Random& random) : clock_(clock), key_(random.bytes(k_key_bytes)) {}

std::string FormTokens::mark(std::string_view cookie, std::string_view route, std::string_view when) const {
  return hex(hmac(key_, {cookie, "\n", route, "\n", when}));
}

std::string FormTokens::make(std::string_view cookie, std::string_view route) const {
  const auto now = std::chrono::duration_cast<seconds>(clock_.steady());
  std::string when = std::to_string(now.count());
  when.insert(0, k_digits - std::min(k_digits, when.size()), '0');
  return when + "." + mark(cookie, route, when);
}

FormTokens::Verdict FormTokens::check(std::string_view token, std::string_view cookie, std::string_view route) const {
  const std::string_view when = token.substr(0, token.find('.'));
  const std::string_view given = token.substr(std::min(when.size() + 1, token.size()));
  if (cookie.empty() || !constant_time_equal(given, mark(cookie, route, when))) return Verdict::foreign;
  int64_t made = 0;
  std::from_chars(when.data(), when.data() + when.size(), made);
  const auto age = clock_.steady() - seconds(made);
  return age < k_youngest || age > k_oldest ? Verdict::stale : Verdict::good;
}

std::pair<int, int> FormTokens::question(std::string_view token) const {
  const Digest chance = hmac(key_, {"question\n", token});
  const auto number = [&](size_t at) { return 2 + static_cast<unsigned char>(chance[at]) % 8; };
  return {number(0), number(1)};
}

}  // namespace sparkgate::api
