#include "certs/document_signer.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <fstream>
#include <sstream>

#include "certs/key_file.h"
#include "certs/openssl_ptr.h"
#include "engine/base/codes.h"

namespace sparkgate {
namespace {

constexpr int k_least_rsa_bits = 2048;

using Memory = Owned<BIO, BIO_free_all>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Certificate = Owned<X509, X509_free>;
using Message = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;

struct FreeStack {
  void operator()(STACK_OF(X509) * certificates) const { sk_X509_pop_free(certificates, X509_free); }
};
using Chain = std::unique_ptr<STACK_OF(X509), FreeStack>;

tl::unexpected<Refusal> invalid(std::string_view zh, std::string_view en) {
  ERR_clear_error();
  return refuse(Code::key_invalid, {{"reason", bilingual(zh, en)}});
}

bool is_fit(const EVP_PKEY& key) {
  if (EVP_PKEY_get_base_id(&key) == EVP_PKEY_RSA) return EVP_PKEY_get_bits(&key) >= k_least_rsa_bits;
  char group[32] = "";
  return EVP_PKEY_get_base_id(&key) == EVP_PKEY_EC &&
         EVP_PKEY_get_group_name(&key, group, sizeof group, nullptr) == 1 && std::string_view(group) == "prime256v1";
}

Key read_key(const Secret& pem) {
  const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Key key(PEM_read_bio_PrivateKey(
      memory.get(), nullptr, [](char*, int, int, void*) { return -1; }, nullptr));
  if (key && !is_fit(*key)) key.reset();
  return key;
}

Result<std::string> read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  if (in) out << in.rdbuf();
  if (in && !out.str().empty()) return out.str();
  return refuse(Code::file_unreadable,
                {{"path", file.string()}, {"reason", bilingual("不存在或为空", "it is not there or empty")}});
}

std::string common_name(X509& certificate) {
  char name[256] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(&certificate), NID_commonName, name, sizeof name);
  return name;
}

}  // namespace

struct DocumentSigner::Held {
  Key key;
  Certificate certificate;
  Chain chain;
  std::string name;
};

Result<DocumentSigner> DocumentSigner::load(const std::filesystem::path& key,
                                            const std::filesystem::path& certificates) {
  const auto secret = read_secret(key);
  if (!secret) return tl::make_unexpected(secret.error());
  const auto text = read_text(certificates);
  if (!text) return tl::make_unexpected(text.error());
  auto held = std::make_shared<Held>();
  held->key = read_key(*secret);
  if (!held->key) return invalid("不是 RSA（2048 位以上）或 P-256 密钥", "it is no RSA (2048 bits) or P-256 key");
  const Memory memory(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
  held->certificate.reset(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
  held->chain.reset(sk_X509_new_null());
  while (X509* next = PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr)) sk_X509_push(held->chain.get(), next);
  ERR_clear_error();  // the end of the file is an error to OpenSSL
  if (!held->certificate || X509_check_private_key(held->certificate.get(), held->key.get()) != 1) {
    return invalid("证书与密钥不符", "the certificate is not of this key");
  }
  held->name = common_name(*held->certificate);
  return DocumentSigner(std::move(held));
}

Result<std::string> DocumentSigner::sign(std::string_view first, std::string_view second) const {
  const Memory content(BIO_new(BIO_s_mem()));
  for (const std::string_view part : {first, second}) {
    BIO_write(content.get(), part.data(), static_cast<int>(part.size()));
  }
  constexpr unsigned k_flags = CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES;
  const Message message(
      CMS_sign(held_->certificate.get(), held_->key.get(), held_->chain.get(), content.get(), k_flags));
  unsigned char* der = nullptr;
  const int length = message ? i2d_CMS_ContentInfo(message.get(), &der) : -1;
  if (length <= 0) {
    ERR_clear_error();
    return refuse(Code::signing_failed, {{"reason", bilingual("文件签名未成", "no document signature was made")}});
  }
  std::string out(reinterpret_cast<const char*>(der), static_cast<size_t>(length));
  OPENSSL_free(der);
  return out;
}

const std::string& DocumentSigner::name() const { return held_->name; }

}  // namespace sparkgate
