// QR codes: their shape, and that somebody else's decoder (zbar) reads them.
#include "certs/qr.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/command_line.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

namespace sparkgate {
namespace {

// The 7 × 7 square that a reader looks for in three corners.
bool is_finder(const QrCode& code, int left, int top) {
  for (int y = 0; y < 7; ++y) {
    for (int x = 0; x < 7; ++x) {
      const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
      if (code.at(left + x, top + y) != (ring != 2)) return false;
    }
  }
  return true;
}

TEST(Qr, has_its_finders_in_three_corners) {
  for (const size_t length : {1u, 40u, 200u, 2000u}) {
    const QrCode code = qr_code(std::string(length, 'A'));
    EXPECT_EQ((code.side - 17) % 4, 0) << length;
    EXPECT_EQ(code.dark.size(), static_cast<size_t>(code.side * code.side));
    EXPECT_TRUE(is_finder(code, 0, 0));
    EXPECT_TRUE(is_finder(code, code.side - 7, 0));
    EXPECT_TRUE(is_finder(code, 0, code.side - 7));
    EXPECT_FALSE(is_finder(code, code.side - 7, code.side - 7));
  }
}

// A portable bitmap, four pixels a module.
std::string bitmap_of(const QrCode& code) {
  constexpr int k_pixels = 4;
  const int side = (code.side + 2 * k_quiet_modules) * k_pixels;
  std::string out = "P1\n" + std::to_string(side) + " " + std::to_string(side) + "\n";
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const int column = x / k_pixels - k_quiet_modules, row = y / k_pixels - k_quiet_modules;
      const bool inside = column >= 0 && row >= 0 && column < code.side && row < code.side;
      out += inside && code.at(column, row) ? "1\n" : "0\n";
    }
  }
  return out;
}

TEST(Qr, is_read_by_another_decoder) {
  if (!test::has_program("zbarimg")) GTEST_SKIP() << "zbarimg is not installed (zbar-tools)";
  const test::TempFolder folder;
  for (const std::string text : {"https://permits.example.org/p/7Q2W9XKD4M1T", "http://127.0.0.1:8080/p/ABC"}) {
    const auto file = test::write_file(folder.path() / "code.pbm", bitmap_of(qr_code(text)));
    EXPECT_EQ(test::run("zbarimg --quiet --raw " + file.string() + " 2>/dev/null").output, text + "\n");
  }
}

TEST(Qr, holds_so_much_and_no_more) {
  EXPECT_EQ(qr_code(std::string(2331, 'a')).side, 177);
  EXPECT_THROW(qr_code(std::string(2332, 'a')), std::length_error);
}

}  // namespace
}  // namespace sparkgate
