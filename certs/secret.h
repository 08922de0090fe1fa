// Bytes that nobody else may keep (keys, passphrases, what was sealed): overwritten when they go, never copied by
// accident.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "certs/key_file.h"
#include "engine/base/random.h"

namespace sparkgate {

inline const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* octets(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// Of one size for life: nothing of it is left behind where it grew. Moved from, it is empty.
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(size_t size) : bytes_(size) {}
  SecretBytes(SecretBytes&&) noexcept = default;
  SecretBytes& operator=(SecretBytes&&) noexcept = default;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;

  /// The text becomes zeros: here is the one place that still has it.
  static SecretBytes take(std::string&& text);
  static SecretBytes random(size_t size, Random& random) { return take(random.bytes(size)); }
  /// For the caller who means it.
  static SecretBytes copy_of(std::initializer_list<std::string_view> parts);

  std::string_view view() const { return {bytes_.data(), bytes_.size()}; }
  /// Borrowed, as view() is. Nothing beyond the end.
  std::string_view part(size_t at, size_t size) const { return view().substr(at, size); }
  unsigned char* octets() { return reinterpret_cast<unsigned char*>(bytes_.data()); }
  size_t size() const { return bytes_.size(); }

 private:
  Secret bytes_;
};

}  // namespace sparkgate
