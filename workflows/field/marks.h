// Marks of server time: with one a device proves that it acted after an instant of this server's clock.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>

#include "certs/mac.h"

namespace sparkgate::field {

/// A mark is the instant in milliseconds since 1970, a dot, and what the key says of it and of the account that it was
/// given to. Thread-safe.
class Marks {
 public:
  /// `key_file`: made with the first mark.
  Marks(std::filesystem::path key_file, Random& random) : key_file_(std::move(key_file)), random_(random) {}

  /// Refuses as MacKey::open does.
  Result<std::string> make(Time now, std::string_view account);
  /// The instant that the mark stands for. Refuses field_mark_invalid: not made here, of another account, or later
  /// than `now`, as after the clock was put back.
  Result<Time> read(std::string_view mark, std::string_view account, Time now);

 private:
  Result<const MacKey*> key();

  const std::filesystem::path key_file_;
  Random& random_;
  std::mutex mutex_;
  std::optional<MacKey> key_;
};

}  // namespace sparkgate::field
