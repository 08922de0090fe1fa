// The three kinds of keys over OpenSSL's EVP. For this room's own files; everybody else uses certs/keys.h.
#pragma once

#include <openssl/evp.h>

#include <optional>
#include <string>
#include <string_view>

#include "certs/keys.h"
#include "certs/openssl_ptr.h"

namespace sparkgate {

using EvpKey = Owned<EVP_PKEY, EVP_PKEY_free>;

/// Empty for bytes that are no public key of the type: wrong length, compressed, not on the curve.
EvpKey public_evp(KeyType type, std::string_view raw);

/// As public_evp takes it.
std::string raw_public(const EVP_PKEY& key, KeyType type);

/// Nothing for keys of other kinds and curves.
std::optional<KeyType> type_of(const EVP_PKEY& key);

EvpKey generate_evp(KeyType type);

/// "" when OpenSSL refuses. `sm2_id` counts for SM2 alone.
std::string sign_by(EVP_PKEY& key, KeyType type, std::string_view sm2_id, std::string_view message);
bool verify_by(EVP_PKEY& key, KeyType type, std::string_view sm2_id, std::string_view message,
               std::string_view signature);

}  // namespace sparkgate
