// Randomness that is given, so that what is sealed can be compared with what another program sealed.
#pragma once

#include <stdexcept>

#include "engine/base/random.h"

namespace sparkgate::test {

/// Gives the bytes in their order; throws when more are wanted.
class GivenRandom final : public Random {
 public:
  explicit GivenRandom(std::string bytes) : left_(std::move(bytes)) {}
  std::string bytes(size_t count) override {
    if (count > left_.size()) throw std::out_of_range("more randomness than was given");
    std::string out = left_.substr(0, count);
    left_.erase(0, count);
    return out;
  }
  bool is_used_up() const { return left_.empty(); }

 private:
  std::string left_;
};

/// `count` bytes: first, first + 1, ….
inline std::string counting(int first, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += static_cast<char>(first + static_cast<int>(i));
  return out;
}

}  // namespace sparkgate::test
