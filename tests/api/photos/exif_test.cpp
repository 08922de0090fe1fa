#include "api/photos/exif.h"

#include <gtest/gtest.h>

#include "tests/support/jpeg.h"

namespace sparkgate::api {
namespace {

using test::Exif;

PhotoClaims claims(const Exif& exif) { return claims_of(std::string_view(test::exif_segment(exif)).substr(6)); }

// "taken_at longitude latitude orientation"
std::string told(const Exif& exif) {
  const std::string tiff = test::exif_segment(exif).substr(6);
  const PhotoClaims c = claims_of(tiff);
  return c.taken_at + " " + c.longitude + " " + c.latitude + " " + std::to_string(c.orientation);
}

Exif a_full_one() {
  Exif exif;
  exif.orientation = 6;
  exif.taken_at = "2026:03:02 09:00:00";
  exif.offset = "+08:00";
  exif.north_south = "N";
  exif.east_west = "E";
  return exif;
}

TEST(Exif, claims_are_read_as_another_program_writes_them) {
  Exif exif = a_full_one();
  EXPECT_EQ(told(exif), "2026-03-02T09:00:00+08:00 107.617486 29.929419 6");
  exif.big_endian = true;
  EXPECT_EQ(told(exif), "2026-03-02T09:00:00+08:00 107.617486 29.929419 6");
}

TEST(Exif, south_and_west_are_negative) {
  Exif exif = a_full_one();
  exif.north_south = "S", exif.east_west = "W";
  EXPECT_EQ(told(exif), "2026-03-02T09:00:00+08:00 -107.617486 -29.929419 6");
}

TEST(Exif, a_time_without_offset_is_told_without_one) {
  Exif exif = a_full_one();
  for (const char* offset : {"", "   :  ", "08:00", "+99:99"}) {
    exif.offset = offset;
    EXPECT_EQ(claims(exif).taken_at, "2026-03-02T09:00:00") << offset;
  }
}

TEST(Exif, what_is_impossible_is_not_claimed) {
  Exif exif = a_full_one();
  for (const char* time : {"2026:13:02 09:00:00", "2026:02:30 09:00:00", "    :  :     :  :  ", "yesterday", ""}) {
    exif.taken_at = time;
    EXPECT_EQ(claims(exif).taken_at, "") << time;
  }
  exif.orientation = 9;
  EXPECT_EQ(claims(exif).orientation, 1);
  exif.latitude[0] = {91, 1};
  EXPECT_EQ(claims(exif).latitude, "");
  EXPECT_EQ(claims(exif).longitude, "") << "a position has both";
  exif.latitude[0] = {29, 0};
  EXPECT_EQ(claims(exif).latitude, "");
  exif = a_full_one();
  exif.east_west = "X";
  EXPECT_EQ(claims(exif).longitude, "");
}

TEST(Exif, nothing_is_claimed_by_nothing) {
  for (const std::string_view tiff :
       {std::string_view(), std::string_view("II"), std::string_view("MM\0*\0\0\0\0", 8),
        std::string_view("II*\0\xff\xff\xff\xff", 8), std::string_view("II*\0\x08\0\0\0", 8)}) {
    const PhotoClaims c = claims_of(tiff);
    EXPECT_EQ(c.taken_at + c.longitude + c.latitude + std::to_string(c.orientation), "1");
  }
}

// Cut anywhere, and with any one byte altered: whatever is then claimed has the form of a claim.
TEST(Exif, no_damage_leads_out_of_the_bytes) {
  const std::string whole = test::exif_segment(a_full_one()).substr(6);
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string altered = whole;
    altered[at] = static_cast<char>(altered[at] ^ 0xff);
    for (const std::string& tiff : {whole.substr(0, at), altered}) {
      const PhotoClaims c = claims_of(std::string(tiff));
      EXPECT_TRUE(c.taken_at.empty() || c.taken_at.size() == 19 || c.taken_at.size() == 25) << at;
      EXPECT_EQ(c.latitude.empty(), c.longitude.empty()) << at;
      EXPECT_TRUE(c.orientation >= 1 && c.orientation <= 8) << at;
    }
  }
}

}  // namespace
}  // namespace sparkgate::api
