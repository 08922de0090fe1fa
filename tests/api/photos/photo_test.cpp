// Photos as they are read: what is accepted, what of it is kept and shown, and everything else refused.
#include "api/photos/photo.h"

#include <gtest/gtest.h>

#include <bit>

#include "api/photos/picture.h"
#include "engine/base/codes.h"
#include "tests/support/jpeg.h"

namespace sparkgate::api {
namespace {

using test::a_jpeg;
using test::a_scene;
using test::jpeg_of;

// "" when it is read, else the refusal: "photo_unusable: it is cut short".
std::string refusal_of(const std::string& bytes) {
  const auto read = read_photo(bytes);
  if (read) return "";
  const std::string name(refusal_row(read.error().code).name);
  const auto reason = read.error().details.find("reason");
  return reason == read.error().details.end() ? name : name + ": " + text_of(*reason, "en");
}

// Pixels of a JPEG that holds nothing but them.
Picture pixels_of(const std::string& jpeg) {
  const auto outline = outline_of(jpeg);
  return outline ? decode_jpeg(*outline).value_or(Picture{}) : Picture{};
}

int distance(const std::string& a, const std::string& b) {
  return std::popcount(read_photo(a).value().photo.look ^ read_photo(b).value().photo.look);
}

// Where its dark corner is, as "top left".
std::string dark_corner(const Picture& picture) {
  const auto is_dark = [&](int x, int y) {
    return picture.rgb[(static_cast<size_t>(y) * picture.width + x) * 3] < 100;
  };
  const int right = picture.width - 4, bottom = picture.height - 4;
  if (is_dark(3, 3)) return "top left";
  if (is_dark(right, 3)) return "top right";
  if (is_dark(3, bottom)) return "bottom left";
  return is_dark(right, bottom) ? "bottom right" : "none";
}

// White, with its top left corner black.
Picture with_dark_corner(int width, int height) {
  Picture out{width, height, std::vector<uint8_t>(static_cast<size_t>(width) * height * 3, 255)};
  for (int y = 0; y < 16; ++y) std::fill_n(&out.rgb[static_cast<size_t>(y) * width * 3], 16 * 3, uint8_t{0});
  return out;
}

TEST(Photo, is_known_by_the_digest_and_the_size_of_what_was_sent) {
  const std::string jpeg = a_jpeg(160, 120);
  const StoredPhoto photo = read_photo(jpeg).value().photo;
  EXPECT_EQ(photo.sha256, hex(sha256(jpeg)));
  EXPECT_EQ(photo.bytes, static_cast<int64_t>(jpeg.size()));
  EXPECT_EQ(photo.width, 160);
  EXPECT_EQ(photo.height, 120);
  EXPECT_EQ(photo.taken_at + photo.longitude + photo.latitude, "");
}

TEST(Photo, baseline_progressive_grey_and_tiny_ones_are_read) {
  EXPECT_EQ(refusal_of(jpeg_of(a_scene(64, 48), {.progressive = true})), "");
  EXPECT_EQ(refusal_of(jpeg_of(a_scene(64, 48), {.grey = true})), "");
  EXPECT_EQ(refusal_of(jpeg_of(a_scene(1, 1))), "");
  EXPECT_EQ(refusal_of(jpeg_of(a_scene(3, 500))), "");
}

TEST(Photo, is_shown_small_and_as_it_was) {
  const auto read = read_photo(a_jpeg(4100, 900)).value();
  EXPECT_EQ(read.photo.width, 4100);
  const Picture shown = pixels_of(read.display);
  EXPECT_LE(shown.width, k_longest_display_side);
  EXPECT_GT(shown.width, k_longest_display_side / 2);
  EXPECT_NEAR(double(shown.width) / shown.height, 4100.0 / 900, 0.02);
  EXPECT_LE(std::popcount(look_of(shown) ^ read.photo.look), k_alike_bits);
  EXPECT_EQ(pixels_of(read_photo(a_jpeg(160, 120)).value().display).width, 160) << "never larger than it was";
}

TEST(Photo, stands_upright_whatever_way_the_camera_was_held) {
  const std::string jpeg = jpeg_of(with_dark_corner(96, 64));
  const char* corners[] = {"top left", "top right",   "bottom right", "bottom left",
                           "top left", "top right", "bottom right", "bottom left"};
  for (int side = 1; side <= 8; ++side) {
    test::Exif exif;
    exif.orientation = side;
    const auto read = read_photo(test::with_exif(jpeg, exif)).value();
    const Picture shown = pixels_of(read.display);
    EXPECT_EQ(dark_corner(shown), corners[side - 1]) << side;
    EXPECT_EQ(shown.width, side > 4 ? 64 : 96) << side;
    EXPECT_EQ(read.photo.width, shown.width) << side;
    EXPECT_EQ(read.photo.height, shown.height) << side;
  }
}

TEST(Photo, the_copy_to_be_shown_has_no_metadata_and_nothing_of_what_came_behind) {
  test::Exif exif;
  exif.taken_at = "2026:03:02 09:00:00";
  exif.north_south = "N", exif.east_west = "E";
  std::string jpeg = test::with_exif(a_jpeg(), exif);
  jpeg = test::with_segment(jpeg, 0xFE, "<script>alert(1)</script>");            // a comment
  jpeg = test::with_segment(jpeg, 0xE2, "ICC_PROFILE and whatever else <svg>");  // an application's own
  jpeg += "PK\x03\x04 an archive, as in a motion photo";
  const auto read = read_photo(jpeg).value();
  EXPECT_EQ(read.photo.taken_at, "2026-03-02T09:00:00");
  EXPECT_EQ(read.photo.latitude, "29.929419");
  for (const char* trace : {"Exif", "script", "ICC", "svg", "PK\x03\x04", "A maker", "2026"}) {
    EXPECT_EQ(read.display.find(trace), std::string::npos) << trace;
  }
  for (int marker = 0xE1; marker <= 0xEF; ++marker) {
    const std::string segment = {'\xff', static_cast<char>(marker)};
    EXPECT_EQ(read.display.find(segment), std::string::npos) << marker;
  }
  EXPECT_EQ(read.display, read_photo(a_jpeg()).value().display) << "the pixels alone make it";
}

TEST(Photo, what_is_no_jpeg_is_refused) {
  const std::string jpeg = a_jpeg();
  const std::string other[] = {"",
                               "\xff\xd8",
                               std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16),
                               "GIF89a" + jpeg,
                               "%PDF-1.7\n" + jpeg,
                               "<html>" + jpeg,
                               std::string("\0\0\0\x18" "ftypheic", 12),
                               " " + jpeg};
  for (const std::string& bytes : other) {
    EXPECT_EQ(refusal_of(bytes), "photo_unusable: it is not a JPEG") << bytes.substr(0, 8);
  }
}

TEST(Photo, one_that_is_cut_short_is_refused_wherever_it_was_cut) {
  for (const bool progressive : {false, true}) {
    const std::string jpeg = jpeg_of(a_scene(64, 48), {.progressive = progressive});
    for (size_t length = 3; length < jpeg.size(); ++length) {
      EXPECT_EQ(refusal_of(jpeg.substr(0, length)), "photo_unusable: it is cut short") << length;
    }
    const std::string ended = jpeg.substr(0, jpeg.size() * 3 / 4) + "\xff\xd9";
    EXPECT_NE(refusal_of(ended), "") << "its end put behind three quarters of it";
  }
}

TEST(Photo, one_with_damaged_data_is_refused) {
  std::string jpeg = a_jpeg(320, 240);
  const size_t middle = jpeg.size() / 2;
  for (size_t i = 0; i < 64; ++i) jpeg[middle + i] = '\x7f';
  EXPECT_EQ(refusal_of(jpeg), "photo_unusable: its picture is damaged");
}

TEST(Photo, other_kinds_of_jpeg_are_refused) {
  const std::string jpeg = a_jpeg();
  const size_t frame = jpeg.find("\xff\xc0");
  const auto altered = [&](size_t at, char to) {
    std::string out = jpeg;
    out[frame + at] = to;
    return out;
  };
  const std::string unsupported = "photo_unusable: this kind of JPEG is not supported";
  EXPECT_EQ(refusal_of(altered(1, '\xc3')), unsupported) << "lossless";
  EXPECT_EQ(refusal_of(altered(1, '\xc9')), unsupported) << "arithmetic coding";
  EXPECT_EQ(refusal_of(altered(4, 12)), unsupported) << "12 bits";
  EXPECT_EQ(refusal_of(altered(9, 4)), unsupported) << "four colours";
  EXPECT_EQ(refusal_of(altered(11, '\x00')), "photo_unusable: its structure is broken") << "no sampling";
}

TEST(Photo, one_of_too_many_pixels_is_refused_by_its_claim_alone) {
  const std::string jpeg = a_jpeg();
  for (const auto& [width, height] : {std::pair(65535, 65535), {16385, 16}, {16, 16385}, {10001, 10000}}) {
    EXPECT_EQ(refusal_of(test::with_claimed_size(jpeg, width, height)), "photo_too_many_pixels") << width;
  }
  const auto refused = read_photo(test::with_claimed_size(jpeg, 65535, 65535));
  EXPECT_EQ(refused.error().details.at("actual"), "65535 × 65535");
  EXPECT_EQ(refusal_of(test::with_claimed_size(jpeg, 0, 16)), "photo_unusable: its structure is broken");
  EXPECT_EQ(refusal_of(test::with_claimed_size(jpeg, 10000, 10000)), "photo_unusable: its picture is damaged");
}

// Each scan of a progressive JPEG is a pass over all of it, which costs its sender a few bytes.
TEST(Photo, one_with_many_scans_or_too_large_for_several_is_refused_by_its_outline) {
  const std::string jpeg = jpeg_of(a_scene(64, 48), {.progressive = true});
  const size_t scan = jpeg.find("\xff\xda");
  std::string bomb = jpeg.substr(0, jpeg.size() - 2);
  for (int i = 0; i < 100; ++i) bomb += jpeg.substr(scan, 2 + 12 + 8);
  const std::string too_costly = "photo_unusable: it has too many scans for its size";
  EXPECT_EQ(refusal_of(bomb + "\xff\xd9"), too_costly);
  EXPECT_EQ(refusal_of(test::with_claimed_size(jpeg, 9000, 9000)), too_costly);
}

TEST(Photo, looks_the_same_when_it_is_encoded_anew_or_made_smaller) {
  for (int number = 1; number <= 8; ++number) {
    const Picture scene = a_scene(1024, 768, number);
    const std::string jpeg = jpeg_of(scene);
    EXPECT_LE(distance(jpeg, jpeg_of(scene, {.quality = 70})), k_alike_bits) << number;
    EXPECT_LE(distance(jpeg, jpeg_of(test::halved(scene), {.progressive = true})), k_alike_bits) << number;
    EXPECT_GT(distance(jpeg, jpeg_of(a_scene(1024, 768, number + 20))), k_alike_bits) << number;
  }
}

}  // namespace
}  // namespace sparkgate::api
