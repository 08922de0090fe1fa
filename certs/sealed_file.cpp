// sealed = chunk* last-chunk
// chunk  = AES-256-GCM(key, nonce, aad, u32be used ‖ used bytes of the file ‖ zeros) ‖ tag 16
// nonce  = counter (88 bits, big-endian, from 0) ‖ 1 for the last chunk, else 0
// aad    = content_aad(place, "file")
//
// Before sealing each chunk has 64 KiB, the last one at most. The file's bytes fill the chunks from the first on; all
// chunks together have the size that Padmé gives for the bytes and their prefixes.
#include "certs/sealed_file.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "certs/aead.h"
#include "certs/padding.h"

namespace sparkgate {
namespace {

constexpr size_t k_prefix_bytes = 4;
constexpr size_t k_room = k_file_chunk_bytes - k_prefix_bytes;
constexpr size_t k_sealed_chunk_bytes = k_file_chunk_bytes + k_gcm_tag_bytes;

uint64_t chunks_of(uint64_t bytes, uint64_t room) { return std::max<uint64_t>(1, (bytes + room - 1) / room); }

// Padmé sizes over 64 KiB are multiples of 2 KiB: the last chunk always has room for its prefix.
uint64_t padded_bytes(uint64_t bytes) { return padme(bytes + k_prefix_bytes * chunks_of(bytes, k_room)); }

std::string nonce_of(uint64_t counter, bool is_last) {
  std::string out(k_gcm_iv_bytes, '\0');
  for (size_t i = 0; i < sizeof counter; ++i) out[k_gcm_iv_bytes - 2 - i] = static_cast<char>(counter >> (8 * i));
  out.back() = is_last ? '\1' : '\0';
  return out;
}

void put_u32(unsigned char* out, size_t number) {
  for (size_t i = 0; i < k_prefix_bytes; ++i) out[i] = static_cast<unsigned char>(number >> (8 * (3 - i)));
}

size_t get_u32(std::string_view bytes) {
  size_t out = 0;
  for (size_t i = 0; i < k_prefix_bytes; ++i) out = out << 8 | static_cast<unsigned char>(bytes[i]);
  return out;
}

SecretBytes file_key(const SecretBytes& key) {
  if (key.size() != k_content_key_bytes) throw std::invalid_argument("a file's key has 32 bytes");
  return SecretBytes::copy_of({key.view()});
}

}  // namespace

uint64_t sealed_file_bytes(uint64_t bytes) {
  const uint64_t padded = padded_bytes(bytes);
  return padded + k_gcm_tag_bytes * chunks_of(padded, k_file_chunk_bytes);
}

SealedFileWriter::SealedFileWriter(const SecretBytes& key, const ContentPlace& place, ByteSink sink)
    : key_(file_key(key)), aad_(content_aad(place, "file")), sink_(std::move(sink)), chunk_(k_file_chunk_bytes) {}

void SealedFileWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (used_ == k_room) put_chunk(k_file_chunk_bytes, false);
    const std::string_view now = bytes.substr(0, k_room - used_);
    std::copy(now.begin(), now.end(), chunk_.octets() + k_prefix_bytes + used_);
    used_ += now.size();
    written_ += now.size();
    bytes.remove_prefix(now.size());
  }
}

void SealedFileWriter::finish() {
  const uint64_t all = padded_bytes(written_), last = chunks_of(all, k_file_chunk_bytes) - 1;
  while (counter_ < last) put_chunk(k_file_chunk_bytes, false);
  put_chunk(static_cast<size_t>(all - last * k_file_chunk_bytes), true);
}

void SealedFileWriter::put_chunk(size_t plain_bytes, bool is_last) {
  unsigned char* const begin = chunk_.octets();
  put_u32(begin, used_);
  std::fill(begin + k_prefix_bytes + used_, begin + k_file_chunk_bytes, 0);  // not what an earlier chunk had there
  sink_(gcm_seal(key_.view(), nonce_of(counter_++, is_last), aad_, chunk_.part(0, plain_bytes)));
  used_ = 0;
}

SealedFileReader::SealedFileReader(const SecretBytes& key, const ContentPlace& place, ByteSink sink)
    : key_(file_key(key)),
      aad_(content_aad(place, "file")),
      sink_(std::move(sink)),
      sealed_(k_sealed_chunk_bytes, '\0') {}

bool SealedFileReader::write(std::string_view sealed) {
  while (is_good_ && !sealed.empty()) {
    // Only what follows shows that a full chunk was not the last.
    if (held_ == k_sealed_chunk_bytes) is_good_ = take_chunk(false);
    const std::string_view now = sealed.substr(0, k_sealed_chunk_bytes - held_);
    std::copy(now.begin(), now.end(), sealed_.begin() + static_cast<ptrdiff_t>(held_));
    held_ += now.size();
    sealed.remove_prefix(now.size());
  }
  return is_good_;
}

bool SealedFileReader::finish() {
  is_good_ = is_good_ && take_chunk(true) && plain_ == padded_bytes(given_);
  return std::exchange(is_good_, false);
}

bool SealedFileReader::take_chunk(bool is_last) {
  const std::string_view sealed = std::string_view(sealed_).substr(0, std::exchange(held_, 0));
  const auto chunk = gcm_open(key_.view(), nonce_of(counter_++, is_last), aad_, sealed);
  if (!chunk || chunk->size() < k_prefix_bytes) return false;
  const size_t used = get_u32(chunk->view()), room = chunk->size() - k_prefix_bytes;
  if (used > room || (has_ended_ && used > 0)) return false;
  const std::string_view padding = chunk->part(k_prefix_bytes + used, room);
  if (padding.find_first_not_of('\0') != padding.npos) return false;
  has_ended_ = used < room;
  given_ += used;
  plain_ += chunk->size();
  if (used > 0) sink_(chunk->part(k_prefix_bytes, used));
  return true;
}

}  // namespace sparkgate
