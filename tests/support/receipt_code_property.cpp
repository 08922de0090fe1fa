#include "tests/support/receipt_code_property.h"

#include <algorithm>

#include "certs/receipt_code.h"
#include "tests/support/fake_clock.h"

namespace sparkgate::test {
namespace {

std::string lowered(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return text;
}

std::string broken_promise_of(const ReceiptCode& code) {
  const std::string symbols(code.symbols()), written(code.text().view());
  if (symbols.size() != k_receipt_symbols || !std::all_of(symbols.begin(), symbols.end(), is_symbol)) {
    return "a code has twenty symbols";
  }
  const std::string whole = symbols + check_symbol(symbols);
  for (const std::string& form : {written, lowered(written), whole, " " + whole + "-", "\u3000" + whole}) {
    const auto again = ReceiptCode::parse(form);
    if (!again || again->symbols() != symbols) return "a code is the same however it is written";
  }
  return "";
}

}  // namespace

std::string broken_receipt_code_promise(std::string_view text) {
  const SecretBytes wide = folded(text);
  if (wide.size() > text.size()) return "a text does not grow";
  if (const auto code = ReceiptCode::parse(text)) {
    if (const auto broken = broken_promise_of(*code); !broken.empty()) return broken;
    if (!holds_receipt_code(text, *code)) return "a text that is a code holds it";
  }
  if (const auto found = find_receipt_code(text)) {
    if (const auto broken = broken_promise_of(*found); !broken.empty()) return broken;
    if (!holds_receipt_code(text, *found)) return "what is found in a text is held by it";
  }
  SeededRandom random(text.size());
  const ReceiptCode own = ReceiptCode::generate(random);
  const size_t middle = text.size() / 2;
  const std::string pasted = std::string(text.substr(0, middle)).append("\n").append(own.text().view()).append("\n") +
                             std::string(text.substr(middle));
  if (!find_receipt_code(pasted) || !holds_receipt_code(pasted, own)) return "a code is found wherever it was pasted";
  return "";
}

}  // namespace sparkgate::test
