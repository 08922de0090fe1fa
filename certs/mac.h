// Texts that this service marks so that it knows them again: HMAC-SHA-256 with a key that nobody else has.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "certs/key_file.h"
#include "engine/base/random.h"

namespace sparkgate {

class MacKey {
 public:
  /// The key in the file, which is made when it is not there. Refuses as read_secret and write_secret do, and
  /// key_invalid for a file that holds none.
  static Result<MacKey> open(const std::filesystem::path& file, Random& random);

  /// 64 hexadecimal digits.
  std::string mark(std::string_view text) const;
  /// In constant time.
  bool is_mark(std::string_view mark, std::string_view text) const;

 private:
  explicit MacKey(Secret key) : key_(std::move(key)) {}
  Secret key_;
};

}  // namespace sparkgate
