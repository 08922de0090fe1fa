// A signature into a finished PDF, as PAdES lays it down (ETSI EN 319 142-1; ISO 32000-1, 12.8): an incremental update
// behind the file as it was. Its form is that of the press: one cross-reference table, no object streams.
#pragma once

#include "certs/document_signer.h"
#include "engine/base/time.h"

namespace sparkgate::api {

/// Refuses signing_failed, also for a file of another form.
Result<std::string> signed_pdf(const std::string& pdf, const DocumentSigner& signer, Time at);

}  // namespace sparkgate::api
