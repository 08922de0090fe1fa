#include "tests/support/envelope_property.h"

#include "certs/box.h"
#include "certs/content.h"
#include "certs/padding.h"
#include "certs/seal.h"
#include "tests/support/fake_clock.h"

namespace sparkgate::test {
namespace {

constexpr size_t k_head_bytes = 4;
const std::string k_key(32, 'k');

struct Form {
  const char* name;
  std::optional<std::string> (*seal)(std::string_view message);
  std::optional<SecretBytes> (*open)(std::string_view sealed);
  size_t (*sealed_bytes)(size_t message_bytes);
};

const X25519Key& recipient() {
  static const X25519Key key = X25519Key::from_secret(std::string(32, 'r')).value();
  return key;
}

SealContext context() { return {"office", "report", "purpose"}; }
ContentPlace place() { return {"office", "report", 7, Direction::from_source, Digest{}}; }
SecretBytes content_key() { return SecretBytes::copy_of({k_key}); }

size_t padded(size_t message_bytes) {
  for (const size_t size : k_padded_text_bytes) {
    if (message_bytes + k_text_prefix_bytes <= size) return size;
  }
  return 0;
}

const Form k_forms[] = {
    {"seal",
     [](std::string_view message) {
       SeededRandom random;
       return seal(recipient().public_key(), context(), message, random);
     },
     [](std::string_view sealed) { return open_sealed(recipient(), context(), sealed); },
     [](size_t bytes) { return bytes + k_seal_overhead_bytes; }},
    {"wrap",
     [](std::string_view message) {
       SeededRandom random;
       return std::optional(wrap(k_key, "purpose", "aad", message, random));
     },
     [](std::string_view sealed) { return unwrap(k_key, "purpose", "aad", sealed); },
     [](size_t bytes) { return bytes + k_wrap_overhead_bytes; }},
    {"box",
     [](std::string_view message) {
       return std::optional(close_box({k_key, "salt", "info"}, "aad", message));
     },
     [](std::string_view sealed) {
       return open_box({k_key, "salt", "info"}, "aad", sealed);
     },
     [](size_t bytes) { return bytes + k_box_overhead_bytes; }},
    {"text", [](std::string_view message) { return seal_text(content_key(), place(), message); },
     [](std::string_view sealed) { return open_text(content_key(), place(), sealed); },
     [](size_t bytes) { return padded(bytes) + k_box_overhead_bytes; }},
};

std::string broken_promise_of(const Form& form, size_t at, char by, std::string_view message) {
  const auto sealed = form.seal(message);
  const bool is_too_long = form.sealed_bytes == k_forms[3].sealed_bytes && message.size() > k_max_text_bytes;
  if (!sealed || is_too_long) return sealed.has_value() == is_too_long ? "a text is bounded" : "";
  if (sealed->size() != form.sealed_bytes(message.size())) return "what is sealed has the size that is said";
  const auto opened = form.open(*sealed);
  if (!opened || opened->view() != message) return "what is sealed opens to the message";
  std::string altered = *sealed;
  altered[at % altered.size()] ^= by;
  if (by != 0 && form.open(altered)) return "what is altered opens to nothing";
  if (form.open(sealed->substr(0, at % sealed->size()))) return "what is cut opens to nothing";
  if (form.open(*sealed + by)) return "what is lengthened opens to nothing";
  return "";
}

}  // namespace

std::string broken_envelope_promise(std::string_view bytes) {
  for (const Form& form : k_forms) {
    const auto opened = form.open(bytes);
    if (opened && form.seal(opened->view()) != bytes) return std::string(form.name) + ": what opens is what was sealed";
  }
  const auto unpadded = unpad_text(bytes);
  if (unpadded && pad_text(unpadded->view()).value().view() != bytes) return "a text has one padding";
  if (bytes.size() < k_head_bytes) return "";
  const Form& form = k_forms[static_cast<unsigned char>(bytes[0]) % std::size(k_forms)];
  const size_t at = static_cast<unsigned char>(bytes[1]) << 8 | static_cast<unsigned char>(bytes[2]);
  const auto broken = broken_promise_of(form, at, bytes[3], bytes.substr(k_head_bytes));
  return broken.empty() ? "" : std::string(form.name) + ": " + broken;
}

}  // namespace sparkgate::test
