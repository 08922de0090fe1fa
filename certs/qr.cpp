#include "certs/qr.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace sparkgate {

QrCode qr_code(std::string_view text) {
  struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
  };
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::unique_ptr<QRcode, Free> code(QRcode_encodeData(static_cast<int>(text.size()), bytes, 0, QR_ECLEVEL_M));
  if (!code) throw std::length_error("no QR code holds the text");
  QrCode out;
  out.side = code->width;
  const auto modules = static_cast<size_t>(code->width * code->width);
  for (size_t i = 0; i < modules; ++i) out.dark.push_back((code->data[i] & 1) != 0);
  return out;
}

}  // namespace sparkgate
