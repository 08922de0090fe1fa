// QR codes (ISO/IEC 18004), as modules to be drawn by whoever shows them.
#pragma once

#include <string_view>
#include <vector>

namespace sparkgate {

struct QrCode {
  int side = 0;            // modules, without the quiet zone
  std::vector<bool> dark;  // row by row
  bool at(int x, int y) const { return dark[static_cast<size_t>(y * side + x)]; }
};

inline constexpr int k_quiet_modules = 4;  // to be left light on each side

/// Error correction M: still read with 15 % of it lost to dirt and rain. Throws std::length_error for more than 2331
/// bytes, what no code holds.
QrCode qr_code(std::string_view text);

}  // namespace sparkgate
