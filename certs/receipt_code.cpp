#include "certs/receipt_code.h"

#include <algorithm>

namespace sparkgate {
namespace {

constexpr std::string_view k_shapes[] = {"XXXXXXXXXXXXXXXXXXXXX", "XXXXXXXXXXXXXXXXXXXX X", "XXXX XXXX XXXX XXXX XXXXX",
                                         "XXXX XXXX XXXX XXXX XXXX X"};
constexpr size_t k_max_gap = 3;  // " - " between two groups

bool is_gap(char c) { return c == ' ' || c == '-'; }
bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

size_t gap_at(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_gap);
  return static_cast<size_t>(end - text.begin());
}

// How much of the text's beginning has the shape; 0 when it has not.
size_t fitting(std::string_view text, std::string_view shape) {
  size_t at = 0;
  for (const char wanted : shape) {
    const std::string_view rest = text.substr(at);
    if (rest.empty()) return 0;
    const size_t gap = gap_at(rest);
    if (wanted == ' ' ? gap == 0 || gap > k_max_gap : gap != 0 || rest.front() == '\1') return 0;
    at += wanted == ' ' ? gap : 1;
  }
  return at < text.size() && is_word(text[at]) ? 0 : at;
}

}  // namespace

ReceiptCode ReceiptCode::generate(Random& random) { return ReceiptCode(random_symbols(k_receipt_symbols, random)); }

std::optional<ReceiptCode> ReceiptCode::parse(std::string_view text) {
  auto symbols = symbols_of(text, k_receipt_symbols);
  if (!symbols) return std::nullopt;
  return ReceiptCode(std::move(*symbols));
}

std::optional<ReceiptCode> find_receipt_code(std::string_view utf8) {
  const SecretBytes text = folded(utf8);
  for (size_t at = 0; at < text.size(); ++at) {
    if (!is_word(text.view()[at]) || (at > 0 && is_word(text.view()[at - 1]))) continue;
    for (const std::string_view shape : k_shapes) {
      const size_t size = fitting(text.view().substr(at), shape);
      if (size == 0) continue;
      if (auto code = ReceiptCode::parse(text.part(at, size))) return code;
    }
  }
  return std::nullopt;
}

bool holds_receipt_code(std::string_view utf8, const ReceiptCode& code) {
  SecretBytes text = folded(utf8);
  char* begin = reinterpret_cast<char*>(text.octets());
  char* end = std::remove_if(begin, begin + text.size(), [](char c) { return !is_word(c); });
  return std::string_view(begin, static_cast<size_t>(end - begin)).find(code.symbols()) != std::string_view::npos;
}

}  // namespace sparkgate
