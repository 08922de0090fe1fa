// Photos altered in many ways, a few thousand of them: the promises that the fuzzer asks for (tests/fuzz).
#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"
#include "tests/support/jpeg.h"
#include "tests/support/photo_property.h"

namespace sparkgate::test {
namespace {

Exif a_full_exif() {
  Exif exif;
  exif.orientation = 8;
  exif.taken_at = "2026:03:02 09:00:00", exif.offset = "+08:00";
  exif.north_south = "N", exif.east_west = "E";
  return exif;
}

TEST(PhotoProperty, no_altered_photo_breaks_a_promise) {
  SeededRandom random;
  for (const Encoding& encoding : {Encoding{}, Encoding{90, true, false}, Encoding{50, false, true}}) {
    const std::string whole = with_exif(jpeg_of(a_scene(48, 40), encoding), a_full_exif());
    ASSERT_EQ(broken_photo_promise(whole), "");
    for (int round = 0; round < 1500; ++round) {
      std::string altered = whole;
      const std::string dice = random.bytes(12);
      for (int change = 0; change <= (dice[0] & 3); ++change) {
        const size_t at = (static_cast<uint8_t>(dice[1 + change]) << 8 | static_cast<uint8_t>(dice[5 + change]));
        altered[at % altered.size()] = dice[8 + change];
      }
      EXPECT_EQ(broken_photo_promise(altered), "") << "round " << round;
    }
  }
}

TEST(PhotoProperty, no_altered_exif_breaks_a_promise) {
  SeededRandom random;
  const std::string whole = exif_segment(a_full_exif()).substr(6);
  for (int round = 0; round < 5000; ++round) {
    std::string altered = whole;
    const std::string dice = random.bytes(4);
    altered[(static_cast<uint8_t>(dice[0]) << 8 | static_cast<uint8_t>(dice[1])) % altered.size()] = dice[2];
    EXPECT_EQ(broken_photo_promise(altered), "") << "round " << round;
  }
}

}  // namespace
}  // namespace sparkgate::test
