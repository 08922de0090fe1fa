#include "tests/support/test_keys.h"

#include <fstream>

#include "engine/base/digest.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {

std::string ed25519_pem(std::string_view seed_hex) {
  const std::string der = from_hex("302e020100300506032b657004220420").value() + from_hex(seed_hex).value();
  return "-----BEGIN PRIVATE KEY-----\n" + base64(der) + "\n-----END PRIVATE KEY-----\n";
}

PrivateKey ed25519_of(std::string_view seed_hex) {
  const TempFolder folder;
  const auto file = folder.path() / "key";
  std::ofstream(file) << ed25519_pem(seed_hex);
  std::filesystem::permissions(file, std::filesystem::perms(0600));
  return PrivateKey::load(file).value();
}

}  // namespace sparkgate::test
