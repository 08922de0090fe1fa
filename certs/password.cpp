#include "certs/password.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "certs/kdf.h"
#include "certs/token.h"
#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate {
namespace {

constexpr ScryptCost k_cost{15, 8, 1};
constexpr ScryptCost k_max_cost{20, 16, 4};  // of a stored verifier; more is no work of ours
constexpr size_t k_salt_bytes = 16;
constexpr size_t k_hash_bytes = 32;

// Of the commonest passwords those that are long enough to get this far. Lower case.
constexpr std::array<std::string_view, 24> k_commonest = {
    "1234567890",    "12345678910",  "0123456789",   "0987654321",  "1234567891",    "123456789a",
    "a123456789",    "1q2w3e4r5t",   "1qaz2wsx3edc", "qwertyuiop",  "qwerty123456",  "asdfghjkl;",
    "password123",   "password1234", "passw0rd123",  "iloveyou123", "woaini1314520", "5201314520",
    "administrator", "admin123456",  "abcdefghij",   "abc1234567",  "sparkgate123",  "changeme123"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

size_t characters_in(std::string_view utf8) {
  return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string unpadded(std::string text) {
  text.resize(std::min(text.size(), text.find('=')));
  return text;
}

std::string padded(std::string_view text) { return std::string(text).append((4 - text.size() % 4) % 4, '='); }

struct Verifier {
  ScryptCost cost;
  std::string salt, hash;
};

std::optional<Verifier> read_verifier(std::string_view text) {
  const std::string head(text.substr(0, std::min<size_t>(text.size(), 40)));
  ScryptCost cost{};
  int end = 0;
  if (std::sscanf(head.c_str(), "$scrypt$ln=%2u,r=%2u,p=%2u$%n", &cost.log2_n, &cost.r, &cost.p, &end) != 3 || !end) {
    return std::nullopt;
  }
  const bool sane = cost.log2_n >= 1 && cost.log2_n <= k_max_cost.log2_n && cost.r >= 1 && cost.r <= k_max_cost.r &&
                    cost.p >= 1 && cost.p <= k_max_cost.p;
  const std::string_view rest = text.substr(static_cast<size_t>(end));
  const size_t dollar = rest.find('$');
  if (!sane || dollar == rest.npos) return std::nullopt;
  auto salt = from_base64(padded(rest.substr(0, dollar))), hash = from_base64(padded(rest.substr(dollar + 1)));
  if (!salt || !hash || hash->size() != k_hash_bytes) return std::nullopt;
  return Verifier{cost, std::move(*salt), std::move(*hash)};
}

tl::unexpected<Refusal> weak(std::string_view zh, std::string_view en) {
  return refuse(Code::password_weak, {{"reason", {{"zh", zh}, {"en", en}}}});
}

}  // namespace

Result<void> check_password(std::string_view password, std::string_view login) {
  if (characters_in(password) < k_min_password_characters) {
    const std::string limit = std::to_string(k_min_password_characters);
    return weak("少于 " + limit + " 个字符", "it has fewer than " + limit + " characters");
  }
  if (password.size() > k_max_password_bytes) return weak("过长", "it is too long");
  const std::string folded = lower(password);
  if (!login.empty() && folded.find(lower(login)) != folded.npos && password.size() < login.size() + 6) {
    return weak("与账号过于相似", "it is too close to the login");
  }
  const bool one_character = folded.find_first_not_of(folded[0]) == folded.npos;
  if (one_character || std::find(k_commonest.begin(), k_commonest.end(), folded) != k_commonest.end()) {
    return weak("属于最常见的密码", "it is among the commonest");
  }
  return {};
}

std::string password_verifier(std::string_view password, Random& random) {
  const std::string salt = random.bytes(k_salt_bytes);
  return "$scrypt$ln=" + std::to_string(k_cost.log2_n) + ",r=" + std::to_string(k_cost.r) +
         ",p=" + std::to_string(k_cost.p) + "$" + unpadded(base64(salt)) + "$" +
         unpadded(base64(stretch(password, salt, k_cost).view()));
}

bool verify_password(std::string_view password, std::string_view verifier) {
  if (password.size() > k_max_password_bytes) return false;
  const auto known = read_verifier(verifier);
  if (!known) {
    (void)stretch(password, std::string(k_salt_bytes, '\0'), k_cost);
    return false;
  }
  return constant_time_equal(stretch(password, known->salt, known->cost).view(), known->hash);
}

}  // namespace sparkgate
