// TurboJPEG, not libjpeg: its errors come back as values, and no longjmp leaves it.
#include "api/photos/picture.h"

#include <turbojpeg.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr int k_quality = 82;
constexpr int k_channels = 3;

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Turbo = std::unique_ptr<void, Destroy>;

// The largest eighth of the size that may be displayed.
tjscalingfactor scale_for(int longest) {
  tjscalingfactor scale{8, 8};
  while (scale.num > 1 && TJSCALED(longest, scale) > k_longest_display_side) --scale.num;
  return scale;
}

const unsigned char* octets(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

tl::unexpected<Refusal> damaged(const Turbo& turbo) {
  return refuse(Code::photo_unusable, {{"reason", bilingual("图像数据已损坏", "its picture is damaged")},
                                       {"internal", tjGetErrorStr2(turbo.get())}});
}

// How an orientation reads its pixels: from the original's rows as columns, its columns or rows from the far end.
struct Turn {
  bool swaps, flips_x, flips_y;
};
constexpr Turn k_turns[] = {{false, false, false}, {false, true, false}, {false, true, true}, {false, false, true},
                            {true, false, false},  {true, false, true},  {true, true, true},  {true, true, false}};

// Mean brightness of a field, in 1/256.
int64_t brightness(const Picture& picture, int left, int right, int top, int bottom) {
  int64_t sum = 0;
  for (int y = top; y < bottom; ++y) {
    const uint8_t* pixel = &picture.rgb[(static_cast<size_t>(y) * picture.width + left) * k_channels];
    for (int x = left; x < right; ++x, pixel += k_channels) sum += 77 * pixel[0] + 150 * pixel[1] + 29 * pixel[2];
  }
  return sum / ((right - left) * (bottom - top));
}

}  // namespace

Result<Picture> decode_jpeg(const JpegOutline& jpeg) {
  const Turbo turbo(tjInitDecompress());
  int width = 0, height = 0, subsampling = 0, colours = 0;
  if (!turbo || tjDecompressHeader3(turbo.get(), octets(jpeg.picture), jpeg.picture.size(), &width, &height,
                                    &subsampling, &colours) != 0) {
    return damaged(turbo);
  }
  if (width != jpeg.width || height != jpeg.height) return damaged(turbo);
  const tjscalingfactor scale = scale_for(std::max(width, height));
  Picture picture{TJSCALED(width, scale), TJSCALED(height, scale), {}};
  picture.rgb.resize(static_cast<size_t>(picture.width) * picture.height * k_channels);
  if (tjDecompress2(turbo.get(), octets(jpeg.picture), jpeg.picture.size(), picture.rgb.data(), picture.width, 0,
                    picture.height, TJPF_RGB, TJFLAG_STOPONWARNING) != 0) {
    return damaged(turbo);
  }
  return picture;
}

Picture upright(Picture picture, int orientation) {
  if (orientation == 1) return picture;
  const Turn turn = k_turns[orientation - 1];
  Picture out{picture.width, picture.height, std::vector<uint8_t>(picture.rgb.size())};
  if (turn.swaps) std::swap(out.width, out.height);
  uint8_t* pixel = out.rgb.data();
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x, pixel += k_channels) {
      int from_x = turn.swaps ? y : x, from_y = turn.swaps ? x : y;
      if (turn.flips_x) from_x = picture.width - 1 - from_x;
      if (turn.flips_y) from_y = picture.height - 1 - from_y;
      std::copy_n(&picture.rgb[(static_cast<size_t>(from_y) * picture.width + from_x) * k_channels], k_channels, pixel);
    }
  }
  return out;
}

std::string encode_jpeg(const Picture& picture) {
  const Turbo turbo(tjInitCompress());
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  const int failed = turbo ? tjCompress2(turbo.get(), picture.rgb.data(), picture.width, 0, picture.height, TJPF_RGB,
                                         &bytes, &size, TJSAMP_420, k_quality, TJFLAG_PROGRESSIVE)
                           : 1;
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owned(bytes, tjFree);
  if (failed) throw std::runtime_error(std::string("a picture cannot be encoded: ") + tjGetErrorStr2(turbo.get()));
  return {reinterpret_cast<const char*>(bytes), size};
}

uint64_t look_of(const Picture& picture) {
  constexpr int k_columns = 9, k_rows = 8;
  uint64_t look = 0;
  for (int row = 0; row < k_rows; ++row) {
    const int top = picture.height * row / k_rows, bottom = std::max(top + 1, picture.height * (row + 1) / k_rows);
    int64_t before = 0;
    for (int column = 0; column < k_columns; ++column) {
      const int left = picture.width * column / k_columns;
      const int right = std::max(left + 1, picture.width * (column + 1) / k_columns);
      const int64_t here = brightness(picture, left, right, top, bottom);
      if (column > 0) look = look << 1 | static_cast<uint64_t>(before < here);
      before = here;
    }
  }
  return look;
}

}  // namespace sparkgate::api
