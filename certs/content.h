// Where a message or a file stands in a report: after which one, of which side. It opens nowhere else.
#pragma once

#include <cstdint>
#include <optional>

#include "certs/secret.h"
#include "engine/base/digest.h"

namespace sparkgate {

enum class Direction { from_source, from_officer };
std::string_view name_of(Direction direction);  // "from_source", "from_officer"

struct ContentPlace {
  std::string tenant;
  std::string report;
  uint64_t sequence = 0;  // at most 2^53: it is written in JSON
  Direction direction = Direction::from_source;
  Digest previous{};  // SHA-256 of what came before, as it was sealed; zeros for the first
};

/// The additional data: canonical JSON {direction, kind, previous (hexadecimal), report, sequence, tenant, version: 1}.
std::string content_aad(const ContentPlace& place, std::string_view kind);

inline constexpr size_t k_content_key_bytes = 32;

/// A text, padded (certs/padding.h), in a box (certs/box.h) with info = "wb/text/v1" under a random key of 32 bytes
/// that is used for this text alone, kind "text". Nothing for a text of more than k_max_text_bytes.
std::optional<std::string> seal_text(const SecretBytes& key, const ContentPlace& place, std::string_view text);
/// Nothing for another key or place, and for any altered byte.
std::optional<SecretBytes> open_text(const SecretBytes& key, const ContentPlace& place, std::string_view sealed);

}  // namespace sparkgate
