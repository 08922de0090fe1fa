// The office's own signature on its papers, where it has a key for them.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// Signed with DATA/keys/paper.pem under the certificate DATA/keys/paper.crt (DocumentSigner); as it is where neither
/// is there. Refuses as DocumentSigner does, and signing_failed without a web origin: a QR code that whoever asks may
/// choose is nothing to be signed.
Result<std::string> sealed(const Call& call, std::string pdf);

}  // namespace sparkgate::api
