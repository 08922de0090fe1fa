// file    = SOI 1*segment EOI *OCTET                 ; ITU-T T.81, annex B
// segment = 1*%xFF marker length content [ scan ]    ; a scan follows SOS alone; the length counts itself
// scan    = *( %x00-FE / %xFF %x00 / %xFF RST )      ; up to the next other marker
#include "api/photos/jpeg_outline.h"

#include <algorithm>

#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

enum : uint8_t { SOF0 = 0xC0, SOF2 = 0xC2, SOF15 = 0xCF, DHT = 0xC4, JPG = 0xC8, DAC = 0xCC };
enum : uint8_t { RST0 = 0xD0, RST7 = 0xD7, SOI = 0xD8, EOI = 0xD9, SOS = 0xDA, APP1 = 0xE1, TEM = 0x01 };

constexpr int64_t k_most_pixels = 100'000'000;
constexpr int k_longest_side = 16'384;
constexpr int k_most_scans = 64;                        // encoders make a dozen; each costs a pass over the picture
constexpr int64_t k_most_coefficient_bytes = 96 << 20;  // of a picture in several scans, which is decoded as a whole
constexpr std::string_view k_exif("Exif\0\0", 6);

struct Frame {
  bool is_progressive = false;
  int components = 0;
  int width = 0, height = 0;
  int64_t coefficient_bytes = 0;
};

uint8_t byte_at(std::string_view bytes, size_t at) { return static_cast<uint8_t>(bytes[at]); }
int number_at(std::string_view bytes, size_t at) { return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1); }

tl::unexpected<Refusal> broken() { return photo_unusable("文件结构有误", "its structure is broken"); }
tl::unexpected<Refusal> cut_short() { return photo_unusable("文件不完整", "it is cut short"); }
tl::unexpected<Refusal> unsupported() {
  return photo_unusable("不支持这种 JPEG 编码", "this kind of JPEG is not supported");
}
tl::unexpected<Refusal> too_costly() { return photo_unusable("扫描次数过多", "it has too many scans for its size"); }

bool is_frame(uint8_t marker) {
  return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
}

bool has_content(uint8_t marker) {
  return marker != 0 && marker != TEM && (marker < RST0 || marker > SOI);
}

Result<void> check_size(const Frame& frame) {
  if (frame.height == 0 || frame.width == 0) return broken();
  const bool fits = std::max(frame.width, frame.height) <= k_longest_side &&
                    int64_t{frame.width} * frame.height <= k_most_pixels;
  if (fits) return {};
  const std::string actual = std::to_string(frame.width) + " × " + std::to_string(frame.height);
  const Json needed = bilingual("1 亿像素、每边 16384", "100 million and 16384 on a side");
  return refuse(Code::photo_too_many_pixels, {{"actual", actual}, {"needed", needed}});
}

// precision height width count *( id sampling table )
Result<Frame> read_frame(uint8_t marker, std::string_view content) {
  if (marker > SOF2) return unsupported();
  if (content.size() < 6) return broken();
  Frame frame{marker == SOF2, byte_at(content, 5), number_at(content, 3), number_at(content, 1)};
  if (byte_at(content, 0) != 8 || (frame.components != 1 && frame.components != 3)) return unsupported();
  if (content.size() != 6 + 3 * static_cast<size_t>(frame.components)) return broken();
  if (auto size = check_size(frame); !size) return tl::make_unexpected(size.error());
  int across = 1, down = 1, blocks = 0;
  for (size_t at = 7; at < content.size(); at += 3) {
    const int h = byte_at(content, at) >> 4, v = byte_at(content, at) & 15;
    if (h < 1 || h > 4 || v < 1 || v > 4) return broken();
    across = std::max(across, h);
    down = std::max(down, v);
    blocks += h * v;
  }
  const int64_t units = (int64_t{frame.width} / (8 * across) + 1) * (frame.height / (8 * down) + 1);
  frame.coefficient_bytes = units * blocks * 64 * 2;
  return frame;
}

// The place of the next marker that is none of the scan's own.
size_t end_of_scan(std::string_view bytes, size_t at) {
  while ((at = bytes.find('\xff', at)) != bytes.npos && at + 1 < bytes.size()) {
    const uint8_t next = byte_at(bytes, at + 1);
    if (next != 0 && (next < RST0 || next > RST7)) return at;
    at += 2;
  }
  return bytes.size();
}

class Walk {
 public:
  explicit Walk(std::string_view bytes) : bytes_(bytes) {}

  Result<JpegOutline> run() {
    for (size_t at = 2;;) {
      if (at < bytes_.size() && byte_at(bytes_, at) != 0xFF) return broken();
      at = bytes_.find_first_not_of('\xff', at);
      if (at == bytes_.npos) return cut_short();
      const uint8_t marker = byte_at(bytes_, at++);
      if (marker == EOI) return end(at);
      if (!has_content(marker)) return broken();
      if (bytes_.size() - at < 2) return cut_short();
      const size_t length = static_cast<size_t>(number_at(bytes_, at));
      if (length < 2) return broken();
      if (bytes_.size() - at < length) return cut_short();
      const auto taken = take(marker, bytes_.substr(at + 2, length - 2));
      if (!taken) return tl::make_unexpected(taken.error());
      at += length;
      if (marker == SOS) at = end_of_scan(bytes_, at);
    }
  }

 private:
  Result<void> take(uint8_t marker, std::string_view content) {
    if (marker == SOS) return take_scan(content);
    if (marker == APP1 && outline_.exif.empty() && content.starts_with(k_exif)) {
      outline_.exif = content.substr(k_exif.size());
    }
    if (!is_frame(marker)) return {};
    if (frame_.components > 0) return broken();
    auto frame = read_frame(marker, content);
    if (!frame) return tl::make_unexpected(frame.error());
    frame_ = *frame;
    return {};
  }

  Result<void> take_scan(std::string_view content) {
    if (frame_.components == 0 || content.empty()) return broken();
    const bool is_whole = !frame_.is_progressive && byte_at(content, 0) == frame_.components;
    if (!is_whole && frame_.coefficient_bytes > k_most_coefficient_bytes) return too_costly();
    return ++scans_ <= k_most_scans ? Result<void>() : too_costly();
  }

  Result<JpegOutline> end(size_t at) {
    if (scans_ == 0) return broken();
    outline_.picture = bytes_.substr(0, at);
    outline_.width = frame_.width;
    outline_.height = frame_.height;
    return outline_;
  }

  const std::string_view bytes_;
  JpegOutline outline_;
  Frame frame_;
  int scans_ = 0;
};

}  // namespace

Result<JpegOutline> outline_of(std::string_view bytes) {
  if (!bytes.starts_with("\xff\xd8\xff")) return photo_unusable("不是 JPEG 文件", "it is not a JPEG");
  return Walk(bytes).run();
}

tl::unexpected<Refusal> photo_unusable(std::string_view zh, std::string_view en) {
  return refuse(Code::photo_unusable, {{"reason", bilingual(zh, en)}});
}

}  // namespace sparkgate::api
