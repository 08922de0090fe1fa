// Keys made of other secrets, over SHA-256: HKDF (RFC 5869), HMAC (RFC 2104), scrypt (RFC 7914).
#pragma once

#include "certs/secret.h"
#include "engine/base/digest.h"

namespace sparkgate {

/// Extract and expand. `secret` is not empty and of full entropy; `salt` and `info` may be empty, `info` has at most
/// 1 KiB, `size` is at most 8160.
SecretBytes hkdf(std::string_view secret, std::string_view salt, std::string_view info, size_t size);

/// Of the parts, one after the other.
Digest hmac(std::string_view key, std::initializer_list<std::string_view> parts);

struct ScryptCost {
  unsigned log2_n, r, p;
};

/// 32 bytes of what a person can remember. Costs 128·r·2^log2_n bytes of memory while it runs.
SecretBytes stretch(std::string_view passphrase, std::string_view salt, const ScryptCost& cost);

}  // namespace sparkgate
