// The code by which whoever reported comes back: 20 symbols of Crockford's base 32 (100 uniform bits) and a check
// symbol. It is shown once and stored nowhere: not in a URL, not in a log.
#pragma once

#include "certs/crockford.h"

namespace sparkgate {

inline constexpr size_t k_receipt_symbols = 20;

class ReceiptCode {
 public:
  static ReceiptCode generate(Random& random);
  /// As people type it: any case, blanks and dashes anywhere, O for 0, I and L for 1, full-width. Nothing for a wrong
  /// check symbol and for all that is no code.
  static std::optional<ReceiptCode> parse(std::string_view text);

  /// The 20 symbols, in the one form that keys are derived from.
  std::string_view symbols() const { return symbols_.view(); }
  /// For reading: "7Q4M-0ZTX-K3VB-9D2H-WS6PU", the check symbol last.
  SecretBytes text() const { return grouped(symbols()); }

 private:
  explicit ReceiptCode(SecretBytes symbols) : symbols_(std::move(symbols)) {}
  SecretBytes symbols_;
};

/// The first code that stands in the text by itself, in one piece or in the groups of ReceiptCode::text (the check
/// symbol also apart), as it is found in what people paste. Its check symbol is right; one in 37 texts of that shape
/// has that by chance, so ordinary words are not taken for a code by their length alone.
std::optional<ReceiptCode> find_receipt_code(std::string_view utf8);

/// This very code stands in the text, however it is broken up by blanks, dashes or other characters.
bool holds_receipt_code(std::string_view utf8, const ReceiptCode& code);

}  // namespace sparkgate
