// Crockford's base 32 for codes that people copy by hand: https://www.crockford.com/base32.html
#pragma once

#include <optional>

#include "certs/secret.h"

namespace sparkgate {

/// How a text reads as symbols: each character by itself, small letters as capitals, O as 0, I and L as 1; full-width
/// forms, blanks and dashes as the ASCII ones ('-' and ' '); anything else is '\1'. U and the check symbols stay.
SecretBytes folded(std::string_view utf8);

/// The check symbol of symbols that are all of the 32: their number modulo 37, by one of 0-9 A-Z (without I L O) * ~ $
/// = U.
char check_symbol(std::string_view symbols);

/// Uniform symbols, five bits each.
SecretBytes random_symbols(size_t count, Random& random);

/// The symbols in fours with hyphens between, the check symbol after the last.
SecretBytes grouped(std::string_view symbols);

/// Undoes `grouped`, however grouped: folded, blanks and dashes dropped. Nothing for another number of symbols, other
/// characters, a wrong check symbol, or a text of more than 8 bytes a symbol and 64 more.
std::optional<SecretBytes> symbols_of(std::string_view text, size_t count);

/// One of the 32, as folded.
bool is_symbol(char c);

}  // namespace sparkgate
