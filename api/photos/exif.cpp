// tiff      = ( "II" / "MM" ) 42 offset                ; byte order; offset of the first directory
// directory = count *( tag type count value )          ; 12 bytes an entry; a value over 4 bytes is an offset to it
// Exif 2.32, section 4.6. No library: those that read Exif also read the private notes of a dozen makers.
#include "api/photos/exif.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "engine/base/time.h"

namespace sparkgate::api {
namespace {

enum Tag : uint16_t {
  orientation = 0x0112,
  exif_directory = 0x8769,
  gps_directory = 0x8825,
  taken = 0x9003,
  taken_offset = 0x9011,
  latitude_side = 1,
  latitude = 2,
  longitude_side = 3,
  longitude = 4,
};
enum Type : uint16_t { ascii = 2, short_number = 3, long_number = 4, rational = 5 };

constexpr size_t k_most_entries = 512;  // of a directory; cameras write some forty
constexpr size_t k_entry_bytes = 12;

class Tiff {
 public:
  explicit Tiff(std::string_view bytes) : bytes_(bytes), is_little_endian_(bytes.starts_with("II")) {}

  /// 0 where the file has no such directory.
  size_t first_directory() const {
    const bool is_tiff = is_little_endian_ || bytes_.starts_with("MM");
    return is_tiff && number(2, 2) == 42u ? number(4, 4).value_or(0) : 0;
  }
  size_t directory(size_t within, Tag tag) const { return whole_number(within, tag, long_number).value_or(0); }

  /// Where the value of `count` items of that size stands.
  struct Value {
    size_t at, count;
  };
  std::optional<Value> find(size_t directory, Tag tag, Type type) const {
    const auto entries = number(directory, 2);
    if (directory == 0 || !entries) return std::nullopt;
    for (size_t i = 0; i < std::min<size_t>(*entries, k_most_entries); ++i) {
      const size_t at = directory + 2 + i * k_entry_bytes;
      if (number(at, 2) != tag || number(at + 2, 2) != type) continue;
      const size_t count = number(at + 4, 4).value_or(0), size = count * bytes_of(type);
      const auto place = size <= 4 ? at + 8 : number(at + 8, 4);
      if (count == 0 || !place || *place > bytes_.size() || size > bytes_.size() - *place) return std::nullopt;
      return Value{*place, count};
    }
    return std::nullopt;
  }

  std::optional<size_t> whole_number(size_t directory, Tag tag, Type type) const {
    const auto value = find(directory, tag, type);
    return value ? number(value->at, bytes_of(type)) : std::nullopt;
  }
  /// Up to its NUL; "" when there is none.
  std::string_view text(size_t directory, Tag tag) const {
    const auto value = find(directory, tag, ascii);
    if (!value) return {};
    const std::string_view whole = bytes_.substr(value->at, value->count);
    return whole.substr(0, whole.find('\0'));
  }
  /// Degrees, minutes and seconds as degrees.
  std::optional<double> angle(size_t directory, Tag tag) const {
    const auto value = find(directory, tag, rational);
    if (!value || value->count != 3) return std::nullopt;
    double out = 0, unit = 1;
    for (size_t at = value->at; at < value->at + 24; at += 8, unit *= 60) {
      const auto above = number(at, 4), below = number(at + 4, 4);
      if (!above || !below || *below == 0) return std::nullopt;
      out += static_cast<double>(*above) / static_cast<double>(*below) / unit;
    }
    return out;
  }

 private:
  static size_t bytes_of(Type type) {
    return type == ascii ? 1 : type == short_number ? 2 : type == long_number ? 4 : 8;
  }

  std::optional<size_t> number(size_t at, size_t size) const {
    if (at > bytes_.size() || size > bytes_.size() - at) return std::nullopt;
    size_t out = 0;
    for (size_t i = 0; i < size; ++i) {
      const size_t place = is_little_endian_ ? at + size - 1 - i : at + i;
      out = out << 8 | static_cast<uint8_t>(bytes_[place]);
    }
    return out;
  }

  const std::string_view bytes_;
  const bool is_little_endian_;
};

// "2026:03:02 09:00:00" and "+08:00".
std::string time_text(std::string_view local, std::string_view offset) {
  if (local.size() != 19 || local[10] != ' ') return "";
  std::string out(local);
  out[4] = out[7] = '-';
  out[10] = 'T';
  if (!parse_time(out + "Z")) return "";
  const std::string with_offset = out + std::string(offset);
  return !offset.empty() && parse_time(with_offset) ? with_offset : out;
}

std::string degrees_text(double degrees, double most) {
  if (!std::isfinite(degrees) || std::abs(degrees) > most) return "";
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, degrees, std::chars_format::fixed, 6).ptr;
  return {text, end};
}

void add_position(const Tiff& tiff, size_t gps, PhotoClaims& claims) {
  const auto north = tiff.angle(gps, latitude), east = tiff.angle(gps, longitude);
  const auto ns = tiff.text(gps, latitude_side), ew = tiff.text(gps, longitude_side);
  if (!north || !east || (ns != "N" && ns != "S") || (ew != "E" && ew != "W")) return;
  claims.latitude = degrees_text(ns == "S" ? -*north : *north, 90);
  claims.longitude = degrees_text(ew == "W" ? -*east : *east, 180);
  if (claims.latitude.empty() || claims.longitude.empty()) claims.latitude = claims.longitude = "";
}

}  // namespace

PhotoClaims claims_of(std::string_view bytes) {
  PhotoClaims claims;
  const Tiff tiff(bytes);
  const size_t first = tiff.first_directory();
  const size_t side = tiff.whole_number(first, orientation, short_number).value_or(1);
  if (side >= 1 && side <= 8) claims.orientation = static_cast<int>(side);
  const size_t exif = tiff.directory(first, exif_directory);
  claims.taken_at = time_text(tiff.text(exif, taken), tiff.text(exif, taken_offset));
  add_position(tiff, tiff.directory(first, gps_directory), claims);
  return claims;
}

}  // namespace sparkgate::api
