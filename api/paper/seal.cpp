#include "api/paper/seal.h"

#include "api/paper/signed_pdf.h"
#include "engine/base/codes.h"

namespace sparkgate::api {

Result<std::string> sealed(const Call& call, std::string pdf) {
  const auto keys = call.service.options.data / "keys";
  const auto key = keys / "paper.pem", certificate = keys / "paper.crt";
  if (!std::filesystem::exists(key) && !std::filesystem::exists(certificate)) return pdf;
  if (call.service.options.passkeys.origins.empty()) {
    return refuse(
        Code::signing_failed,
        {{"reason", bilingual("须先以 --web-origin 给出对外地址", "the service's address is needed: --web-origin")}});
  }
  const auto signer = DocumentSigner::load(key, certificate);
  if (!signer) return tl::make_unexpected(signer.error());
  return signed_pdf(pdf, *signer, call.service.engine.clock().wall());
}

}  // namespace sparkgate::api
