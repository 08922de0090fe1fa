// Small questions about protocol text; letters are ASCII, whatever the locale.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::api {

std::string to_lower(std::string_view text);

/// Without spaces and tabs at both ends.
std::string_view trim_blanks(std::string_view text);

/// Whether a comma-separated list ("keep-alive, TE") holds the item, which is in lower case.
bool list_holds(std::string_view list, std::string_view item);

/// RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace sparkgate::api
