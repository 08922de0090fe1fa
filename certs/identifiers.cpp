#include "certs/identifiers.h"

#include <algorithm>

namespace sparkgate {
namespace {

constexpr std::string_view k_credit_alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string normal_identifier(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), upper);
  return out;
}

bool is_id_number(std::string_view text) {
  static constexpr int k_weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  if (text.size() != 18 || !std::all_of(text.begin(), text.begin() + 17, is_digit)) return false;
  int sum = 0;
  for (int i = 0; i < 17; ++i) sum += (text[i] - '0') * k_weights[i];
  return upper(text[17]) == "10X98765432"[sum % 11];
}

bool is_credit_code(std::string_view text) {
  if (text.size() != 18) return false;
  size_t sum = 0, weight = 1;
  for (size_t i = 0; i < 17; ++i, weight = weight * 3 % 31) {
    const size_t value = k_credit_alphabet.find(upper(text[i]));
    if (value == k_credit_alphabet.npos) return false;
    sum += value * weight;
  }
  return upper(text[17]) == k_credit_alphabet[(31 - sum % 31) % 31];
}

std::string id_number_in_certificate(std::string_view certificate_number) {
  const bool shaped = certificate_number.size() == 19 && upper(certificate_number[0]) == 'T' &&
                      std::all_of(certificate_number.begin() + 1, certificate_number.end() - 1, is_digit);
  return shaped ? normal_identifier(certificate_number.substr(1)) : "";
}

}  // namespace sparkgate
