// A file sealed while it streams by, in chunks, in bounded memory; its size padded.
#pragma once

#include <functional>

#include "certs/content.h"

namespace sparkgate {

inline constexpr size_t k_file_chunk_bytes = 65536;  // before sealing

/// Takes bytes that are only lent.
using ByteSink = std::function<void(std::string_view)>;

/// The size of a file of `bytes`, sealed.
uint64_t sealed_file_bytes(uint64_t bytes);

/// `key` is random, of k_content_key_bytes and for one file alone: a second file under it would repeat its nonces.
class SealedFileWriter {
 public:
  SealedFileWriter(const SecretBytes& key, const ContentPlace& place, ByteSink sink);
  void write(std::string_view bytes);
  /// Once, at the end: pads, and gives the chunk that says it is the last. What was not finished does not open.
  void finish();

 private:
  void put_chunk(size_t plain_bytes, bool is_last);

  SecretBytes key_;
  std::string aad_;
  ByteSink sink_;
  SecretBytes chunk_;
  size_t used_ = 0;
  uint64_t counter_ = 0;
  uint64_t written_ = 0;
};

/// Gives the file's bytes as they are verified, chunk by chunk. What it gave is the beginning of the file until
/// finish() has said that it is the whole of it: whoever passes bytes on earlier must be able to break off.
class SealedFileReader {
 public:
  SealedFileReader(const SecretBytes& key, const ContentPlace& place, ByteSink sink);
  /// False once anything is wrong, and ever after: altered, reordered, of another file, place or key.
  bool write(std::string_view sealed);
  /// Once, at the end. True when nothing was wrong, cut off or appended.
  bool finish();

 private:
  bool take_chunk(bool is_last);

  SecretBytes key_;
  std::string aad_;
  ByteSink sink_;
  std::string sealed_;
  size_t held_ = 0;
  uint64_t counter_ = 0;
  uint64_t given_ = 0;
  uint64_t plain_ = 0;
  bool has_ended_ = false;  // the file's bytes; padding may follow
  bool is_good_ = true;
};

}  // namespace sparkgate
