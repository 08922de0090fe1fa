#include "tests/support/jpeg.h"

#include <libexif/exif-data.h>
#include <turbojpeg.h>

#include <cmath>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace sparkgate::test {
namespace {

constexpr size_t k_gps = EXIF_IFD_GPS;

void add(ExifData* data, size_t directory, int tag, ExifFormat format, size_t count, std::string_view bytes) {
  ExifMem* memory = exif_mem_new_default();
  ExifEntry* entry = exif_entry_new_mem(memory);
  entry->data = static_cast<unsigned char*>(exif_mem_alloc(memory, static_cast<ExifLong>(bytes.size())));
  std::memcpy(entry->data, bytes.data(), bytes.size());
  entry->size = static_cast<unsigned>(bytes.size());
  entry->tag = static_cast<ExifTag>(tag);
  entry->format = format;
  entry->components = count;
  exif_content_add_entry(data->ifd[directory], entry);
  exif_mem_unref(memory);
  exif_entry_unref(entry);
}

void add_text(ExifData* data, size_t directory, int tag, const std::string& text) {
  if (!text.empty()) add(data, directory, tag, EXIF_FORMAT_ASCII, text.size() + 1, {text.c_str(), text.size() + 1});
}

void add_angle(ExifData* data, int tag, const Exif::Rational (&angle)[3]) {
  unsigned char bytes[24];
  for (size_t i = 0; i < 3; ++i) {
    exif_set_rational(bytes + 8 * i, exif_data_get_byte_order(data), {angle[i].above, angle[i].below});
  }
  add(data, k_gps, tag, EXIF_FORMAT_RATIONAL, 3, {reinterpret_cast<char*>(bytes), sizeof bytes});
}

}  // namespace

api::Picture a_scene(int width, int height, int number) {
  api::Picture out{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const double u = double(x) / width, v = double(y) / height, n = number;
      for (const double phase : {0.0, 0.3, 0.6}) {
        const double wave = std::sin(7 * u * std::sin(n) + 5 * v * std::cos(2 * n) + n) +
                            std::sin(17 * u * std::cos(n) - 11 * v + 3 * n) + std::sin(phase + 23 * u * v);
        out.rgb.push_back(static_cast<uint8_t>(127 + 42 * wave));
      }
    }
  }
  return out;
}

api::Picture halved(const api::Picture& picture) {
  api::Picture out{picture.width / 2, picture.height / 2, {}};
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      for (int c = 0; c < 3; ++c) out.rgb.push_back(picture.rgb[(2 * y * size_t(picture.width) + 2 * x) * 3 + c]);
    }
  }
  return out;
}

std::string jpeg_of(const api::Picture& picture, const Encoding& encoding) {
  const std::unique_ptr<void, int (*)(void*)> turbo(tjInitCompress(), tjDestroy);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  if (tjCompress2(turbo.get(), picture.rgb.data(), picture.width, 0, picture.height, TJPF_RGB, &bytes, &size,
                  encoding.grey ? TJSAMP_GRAY : TJSAMP_420, encoding.quality,
                  encoding.progressive ? TJFLAG_PROGRESSIVE : 0) != 0) {
    throw std::runtime_error(tjGetErrorStr2(turbo.get()));
  }
  std::string out(reinterpret_cast<char*>(bytes), size);
  tjFree(bytes);
  return out;
}

std::string a_jpeg(int width, int height, int number) { return jpeg_of(a_scene(width, height, number)); }

std::string exif_segment(const Exif& exif) {
  ExifData* data = exif_data_new();
  exif_data_set_byte_order(data, exif.big_endian ? EXIF_BYTE_ORDER_MOTOROLA : EXIF_BYTE_ORDER_INTEL);
  add_text(data, EXIF_IFD_0, EXIF_TAG_MAKE, "A maker of cameras");
  if (exif.orientation > 0) {
    unsigned char side[2];
    exif_set_short(side, exif_data_get_byte_order(data), static_cast<ExifShort>(exif.orientation));
    add(data, EXIF_IFD_0, EXIF_TAG_ORIENTATION, EXIF_FORMAT_SHORT, 1, {reinterpret_cast<char*>(side), 2});
  }
  add_text(data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, exif.taken_at);
  add_text(data, EXIF_IFD_EXIF, 0x9011, exif.offset);
  if (!exif.north_south.empty()) {
    add_text(data, k_gps, EXIF_TAG_GPS_LATITUDE_REF, exif.north_south);
    add_angle(data, EXIF_TAG_GPS_LATITUDE, exif.latitude);
    add_text(data, k_gps, EXIF_TAG_GPS_LONGITUDE_REF, exif.east_west);
    add_angle(data, EXIF_TAG_GPS_LONGITUDE, exif.longitude);
  }
  unsigned char* bytes = nullptr;
  unsigned size = 0;
  exif_data_save_data(data, &bytes, &size);
  std::string out(reinterpret_cast<char*>(bytes), size);
  free(bytes);
  exif_data_unref(data);
  return out;
}

std::string with_segment(const std::string& jpeg, unsigned char marker, std::string_view content) {
  const size_t length = content.size() + 2;
  std::string segment = {'\xff', static_cast<char>(marker), static_cast<char>(length >> 8), static_cast<char>(length)};
  return jpeg.substr(0, 2) + segment.append(content) + jpeg.substr(2);
}

std::string with_exif(const std::string& jpeg, const Exif& exif) {
  return with_segment(jpeg, 0xE1, exif_segment(exif));
}

std::string with_claimed_size(std::string jpeg, int width, int height) {
  size_t frame = jpeg.find("\xff\xc0");
  if (frame == jpeg.npos) frame = jpeg.find("\xff\xc2");
  for (const auto& [at, number] : {std::pair(5, height), std::pair(7, width)}) {
    jpeg.at(frame + at) = static_cast<char>(number >> 8);
    jpeg.at(frame + at + 1) = static_cast<char>(number);
  }
  return jpeg;
}

}  // namespace sparkgate::test
