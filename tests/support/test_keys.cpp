#include "tests/support/test_keys.h"

#include "engine/base/digest.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {

std::string ed25519_pem(std::string_view seed_hex) {
  const std::string der = from_hex("302e020100300506032b657004220420").value() + from_hex(seed_hex).value();
  return "-----BEGIN PRIVATE KEY-----\n" + base64(der) + "\n-----END PRIVATE KEY-----\n";
}

PrivateKey ed25519_of(std::string_view seed_hex) {
  const TempFolder folder;
  return PrivateKey::load(write_file(folder.path() / "key", ed25519_pem(seed_hex))).value();
}

}  // namespace sparkgate::test
