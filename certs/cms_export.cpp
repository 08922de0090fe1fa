#include "certs/cms_export.h"

#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdexcept>

#include "certs/openssl_ptr.h"
#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate {
namespace {

using Memory = Owned<BIO, BIO_free_all>;
using Certificate = Owned<X509, X509_free>;
using Message = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;

tl::unexpected<Refusal> unusable(std::string_view zh, std::string_view en) {
  ERR_clear_error();
  return refuse(Code::certificate_unusable, {{"reason", bilingual(zh, en)}});
}

Memory memory_of(std::string_view text) { return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

std::string text_of(BIO& memory) {
  const char* data = nullptr;
  const long size = BIO_get_mem_data(&memory, &data);
  return {data, static_cast<size_t>(size)};
}

bool is_p256(X509& certificate) {
  const EVP_PKEY* key = X509_get0_pubkey(&certificate);
  char group[32] = "";
  return key && EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
         EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1 && std::string_view(group) == "prime256v1";
}

// A certificate that says nothing of its use may be used for anything.
bool is_for_agreement(X509& certificate) { return (X509_get_key_usage(&certificate) & KU_KEY_AGREEMENT) != 0; }

bool is_valid_at(const X509& certificate, Time at) {
  time_t seconds = std::chrono::system_clock::to_time_t(at);
  return X509_cmp_time(X509_get0_notBefore(&certificate), &seconds) < 0 &&
         X509_cmp_time(X509_get0_notAfter(&certificate), &seconds) > 0;
}

std::string subject_of(const X509& certificate) {
  const Memory out(BIO_new(BIO_s_mem()));
  constexpr unsigned long k_utf8 = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  X509_NAME_print_ex(out.get(), X509_get_subject_name(&certificate), 0, k_utf8);
  return text_of(*out);
}

std::string der_of(X509& certificate) {
  const Memory out(BIO_new(BIO_s_mem()));
  i2d_X509_bio(out.get(), &certificate);
  return text_of(*out);
}

// OpenSSL derives as X9.63 says of itself, and fails when it is told to; its own choice of the digest is SHA-1.
bool add_recipient(CMS_ContentInfo& message, X509& certificate) {
  CMS_RecipientInfo* recipient = CMS_add1_recipient_cert(&message, &certificate, CMS_KEY_PARAM);
  EVP_PKEY_CTX* agreement = recipient ? CMS_RecipientInfo_get0_pkey_ctx(recipient) : nullptr;
  return agreement && EVP_PKEY_CTX_set_ecdh_kdf_md(agreement, EVP_sha256()) == 1;
}

}  // namespace

struct CmsRecipient::Held {
  Certificate certificate;
  std::string subject, fingerprint;
};

Result<CmsRecipient> CmsRecipient::from_pem(std::string_view pem, Time at) {
  if (pem.size() > k_max_certificate_bytes) return unusable("过长", "it is too long");
  const Memory memory = memory_of(pem);
  Certificate certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
  if (!certificate) return unusable("不是 PEM 格式的证书", "it is no certificate in PEM");
  if (Certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr))) {
    return unusable("含有多张证书", "there is more than one certificate");
  }
  ERR_clear_error();  // the end of the text is an error to OpenSSL
  if (!is_p256(*certificate)) return unusable("不是 P-256 密钥的证书", "it is not of a P-256 key");
  if (!is_for_agreement(*certificate)) {
    return unusable("证书不得用于密钥协商", "its key must not be used for key agreement");
  }
  if (!is_valid_at(*certificate, at)) return unusable("不在有效期内", "it is not valid now");
  auto held = std::make_shared<Held>();
  held->subject = subject_of(*certificate);
  held->fingerprint = hex(sha256(der_of(*certificate)));
  held->certificate = std::move(certificate);
  return CmsRecipient(std::move(held));
}

const std::string& CmsRecipient::subject() const { return held_->subject; }
const std::string& CmsRecipient::fingerprint() const { return held_->fingerprint; }

std::string CmsRecipient::seal(std::string_view content) const {
  const Message message(CMS_AuthEnvelopedData_create(EVP_aes_256_gcm()));
  const Memory in = memory_of(content), out(BIO_new(BIO_s_mem()));
  if (!message || CMS_set_detached(message.get(), 0) != 1 || !add_recipient(*message, *held_->certificate) ||
      CMS_final(message.get(), in.get(), nullptr, CMS_BINARY) != 1 || i2d_CMS_bio(out.get(), message.get()) != 1) {
    ERR_clear_error();
    throw std::runtime_error("CMS failed");
  }
  return text_of(*out);
}

}  // namespace sparkgate
