#include "certs/content.h"

#include "certs/box.h"
#include "certs/padding.h"
#include "engine/base/json.h"

namespace sparkgate {
namespace {

BoxKey text_key(const SecretBytes& key) { return {key.view(), "", "wb/text/v1"}; }

}  // namespace

std::string_view name_of(Direction direction) {
  return direction == Direction::from_source ? "from_source" : "from_officer";
}

std::string content_aad(const ContentPlace& place, std::string_view kind) {
  return canonical({{"direction", name_of(place.direction)},
                    {"kind", kind},
                    {"previous", hex(place.previous)},
                    {"report", place.report},
                    {"sequence", place.sequence},
                    {"tenant", place.tenant},
                    {"version", 1}});
}

std::optional<std::string> seal_text(const SecretBytes& key, const ContentPlace& place, std::string_view text) {
  const auto padded = pad_text(text);
  if (!padded) return std::nullopt;
  return close_box(text_key(key), content_aad(place, "text"), padded->view());
}

std::optional<SecretBytes> open_text(const SecretBytes& key, const ContentPlace& place, std::string_view sealed) {
  const auto padded = open_box(text_key(key), content_aad(place, "text"), sealed);
  return padded ? unpad_text(padded->view()) : std::nullopt;
}

}  // namespace sparkgate
