#include "tests/support/sealed_file_property.h"

#include "certs/sealed_file.h"

namespace sparkgate::test {
namespace {

constexpr size_t k_head_bytes = 6;
constexpr size_t k_most_bytes = 200'000;  // four chunks

SecretBytes file_key() { return SecretBytes::copy_of({std::string(k_content_key_bytes, 'k')}); }
ContentPlace place() { return {"office", "report", 0, Direction::from_source, Digest{}}; }

template <class Sealing>
void feed(Sealing& sealing, std::string_view bytes, size_t piece) {
  for (size_t at = 0; at < bytes.size(); at += piece) sealing.write(bytes.substr(at, piece));
}

std::string sealed_of(std::string_view file, size_t piece) {
  std::string out;
  SealedFileWriter writer(file_key(), place(), [&](std::string_view bytes) { out += bytes; });
  feed(writer, file, piece);
  writer.finish();
  return out;
}

struct Opened {
  std::string bytes;
  bool is_whole = false;
};

Opened opened_of(std::string_view sealed, size_t piece) {
  Opened out;
  SealedFileReader reader(file_key(), place(), [&](std::string_view bytes) { out.bytes += bytes; });
  feed(reader, sealed, piece);
  out.is_whole = reader.finish();
  return out;
}

std::string broken_promise_of(const std::string& file, size_t piece, size_t at, char by) {
  const std::string sealed = sealed_of(file, std::max<size_t>(file.size(), 1));
  if (sealed != sealed_of(file, piece)) return "a file is sealed alike, whole or in pieces";
  if (sealed.size() != sealed_file_bytes(file.size())) return "a sealed file has the size that is said";
  const Opened opened = opened_of(sealed, piece);
  if (!opened.is_whole || opened.bytes != file) return "a sealed file opens to the file";
  std::string altered = sealed;
  altered[at % altered.size()] ^= by;
  for (const std::string_view other :
       {std::string_view(altered), std::string_view(sealed).substr(0, at % sealed.size())}) {
    if (other == sealed) continue;
    const Opened beginning = opened_of(other, piece);
    if (beginning.is_whole) return "what is altered or cut is not whole";
    if (!file.starts_with(beginning.bytes)) return "what is given is the file's beginning";
  }
  return "";
}

}  // namespace

std::string broken_sealed_file_promise(std::string_view bytes) {
  const Opened raw = opened_of(bytes, bytes.size() + 1);
  if (raw.is_whole && sealed_of(raw.bytes, raw.bytes.size() + 1) != bytes) return "what is whole is what was sealed";
  if (bytes.size() < k_head_bytes) return "";
  const auto number = [&](size_t from, size_t count) {
    size_t out = 0;
    for (const char c : bytes.substr(from, count)) out = out << 8 | static_cast<unsigned char>(c);
    return out;
  };
  std::string file;
  for (size_t i = 0; i <= number(1, 1) && file.size() < k_most_bytes; ++i) file += bytes.substr(k_head_bytes);
  return broken_promise_of(file, 1 + 997 * number(0, 1), number(2, 3), bytes[5]);
}

}  // namespace sparkgate::test
