// Small questions about protocol text; letters are ASCII, whatever the locale.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sparkgate::api {

enum CharacterClass : uint8_t {
  k_token = 1,    // RFC 9110: tchar
  k_path = 2,     // RFC 3986: pchar and "/", without the percent sign
  k_query = 4,    // the same and "?"
  k_host = 8,     // of a host and port, also as an address
  k_control = 16  // C0 without the tab, and DEL
};

bool is(char c, uint8_t classes);
bool all_are(std::string_view text, uint8_t classes);
bool any_is(std::string_view text, uint8_t classes);

bool is_one_of(std::string_view text, std::span<const std::string_view> list);

std::string to_lower(std::string_view text);

/// Without spaces and tabs at both ends.
std::string_view trim_blanks(std::string_view text);

/// Whether a comma-separated list ("keep-alive, TE") holds the item, which is in lower case.
bool list_holds(std::string_view list, std::string_view item);

}  // namespace sparkgate::api
