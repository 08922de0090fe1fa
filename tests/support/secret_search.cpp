#include "tests/support/secret_search.h"

#include <algorithm>
#include <stdexcept>

#include "engine/base/digest.h"
#include "tests/support/files.h"
#include "tests/support/report_browser.h"

namespace sparkgate::test {
namespace {

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c); });
  return text;
}

// Of the basic plane, which is all that the tests say.
std::u16string wide_of(std::string_view utf8) {
  std::u16string out;
  for (size_t at = 0; at < utf8.size();) {
    const auto byte = [&](size_t i) { return static_cast<char16_t>(static_cast<unsigned char>(utf8[at + i])); };
    const char16_t lead = byte(0);
    const size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : 3;
    if (at + size > utf8.size()) throw std::logic_error("no UTF-8");
    out += size == 1   ? lead
           : size == 2 ? static_cast<char16_t>((lead & 0x1f) << 6 | (byte(1) & 0x3f))
                       : static_cast<char16_t>((lead & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f));
    at += size;
  }
  return out;
}

// What of the base64 stands there whatever comes before and behind.
std::string base64_at(size_t offset, std::string_view secret) {
  const std::string all = base64(std::string(offset, 'x').append(secret));
  const size_t from = offset == 0 ? 0 : offset + 1, whole = (offset + secret.size()) * 8 / 6;
  return all.substr(from, whole - from);
}

}  // namespace

std::vector<std::string> forms_of(std::string_view secret) {
  std::string little, big, escaped;
  for (const char16_t c : wide_of(secret)) {
    const char low = static_cast<char>(c & 0xff), high = static_cast<char>(c >> 8);
    little += {low, high};
    big += {high, low};
    escaped += c < 0x80 ? std::string(1, low) : "\\u" + hex(std::string{high, low});
  }
  std::vector<std::string> out = {std::string(secret), upper(std::string(secret)), little, big, escaped, hex(secret),
                                  upper(hex(secret)),  percent_encoded(secret)};
  for (size_t offset = 0; offset < 3; ++offset) out.push_back(base64_at(offset, secret));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void SecretSearch::seek(const std::string& name, std::string_view secret) {
  if (secret.size() < 6) throw std::logic_error(name + " is too short to be found by itself alone");
  secrets_.push_back({name, forms_of(secret)});
}

size_t SecretSearch::forms() const {
  size_t out = 0;
  for (const Secret& secret : secrets_) out += secret.forms.size();
  return out;
}

void SecretSearch::text(const std::string& where, std::string_view text) {
  ++places;
  bytes += text.size();
  for (const Secret& secret : secrets_) {
    const bool is_there = std::any_of(secret.forms.begin(), secret.forms.end(),
                                      [&](const std::string& form) { return text.find(form) != text.npos; });
    if (is_there) found.push_back(secret.name + " in " + where);
  }
}

void SecretSearch::file(const std::filesystem::path& path) { text(path.string(), content_of(path)); }

void SecretSearch::folder(const std::filesystem::path& path, const std::string& but_for) {
  for (const auto& item : std::filesystem::recursive_directory_iterator(path)) {
    if (item.is_regular_file() && item.path().filename() != but_for) file(item.path());
  }
}

}  // namespace sparkgate::test
