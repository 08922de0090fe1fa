#include "api/cookies.h"

#include <algorithm>
#include <set>

#include "api/ascii.h"

namespace sparkgate::api {
namespace {

// RFC 6265, 4.1.1: cookie-octet; blanks, quotes, commas and backslashes are not.
bool is_cookie_octet(char c) {
  return c > ' ' && c < '\x7f' && std::string_view("\",;\\").find(c) == std::string_view::npos;
}

bool is_plain(std::string_view text) { return std::all_of(text.begin(), text.end(), is_cookie_octet); }

}  // namespace

std::map<std::string, std::string> parse_cookies(std::string_view header) {
  std::map<std::string, std::string> out;
  std::set<std::string, std::less<>> doubtful;
  while (!header.empty()) {
    const auto item = header.substr(0, header.find(';'));
    header.remove_prefix(std::min(item.size() + 1, header.size()));
    const size_t equals = item.find('=');
    if (equals == item.npos) continue;
    const auto name = trim_blanks(item.substr(0, equals)), value = trim_blanks(item.substr(equals + 1));
    if (name.empty() || !is_plain(name) || !is_plain(value)) continue;
    if (!out.emplace(name, value).second) doubtful.emplace(name);
  }
  for (const auto& name : doubtful) out.erase(name);
  return out;
}

std::string cookie_of(std::string_view header, std::string_view name) {
  const auto cookies = parse_cookies(header);
  const auto at = cookies.find(std::string(name));
  return at == cookies.end() ? "" : at->second;
}

std::string session_cookie(std::string_view name, std::string_view value, seconds lifetime) {
  std::string out(name);
  out.append("=").append(value).append("; Path=/; Max-Age=").append(std::to_string(lifetime.count()));
  return out.append("; Secure; HttpOnly; SameSite=Strict");
}

}  // namespace sparkgate::api
