#include "tests/support/passkey.h"

namespace sparkgate::test {

Assertion Passkey::sign(const AssertionParts& parts) const {
  Assertion out;
  out.client_data_json = "{\"type\":\"" + parts.type + "\",\"challenge\":\"" + parts.challenge + "\",\"origin\":\"" +
                         parts.origin + "\"" + parts.more_members + "}";
  out.authenticator_data = std::string(bytes_of(sha256(parts.rp_id)));
  out.authenticator_data += static_cast<char>(parts.flags);
  for (int shift = 24; shift >= 0; shift -= 8) out.authenticator_data += static_cast<char>(parts.sign_count >> shift);
  out.authenticator_data += parts.extensions;
  out.signature = key_.sign(out.authenticator_data + std::string(bytes_of(sha256(out.client_data_json)))).value();
  return out;
}

}  // namespace sparkgate::test
