#include "certs/keys.h"

#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdexcept>

#include "certs/evp.h"
#include "certs/key_file.h"
#include "certs/pkcs11.h"
#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate {
namespace {

using Memory = Owned<BIO, BIO_free_all>;
using Pkcs8 = Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

int no_passphrase(char*, int, int, void*) { return -1; }

// RFC 5958 in PEM; the older forms of one algorithm each, and encrypted ones, are no keys here.
EvpKey read_pem(const Secret& pem) {
  const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Pkcs8 pkcs8(PEM_read_bio_PKCS8_PRIV_KEY_INFO(memory.get(), nullptr, no_passphrase, nullptr));
  EvpKey key(pkcs8 ? EVP_PKCS82PKEY_ex(pkcs8.get(), nullptr, nullptr) : nullptr);
  if (!key) ERR_clear_error();
  return key;
}

tl::unexpected<Refusal> invalid(std::string_view zh, std::string_view en) {
  return refuse(Code::key_invalid, {{"reason", bilingual(zh, en)}});
}

}  // namespace

std::string_view name_of(KeyType type) {
  constexpr std::string_view k_names[] = {"ed25519", "p256", "sm2"};
  return k_names[static_cast<size_t>(type)];
}

std::string der_signature(std::string_view raw) {
  if (raw.size() != 64) return "";
  const auto number = [&](size_t at) {
    return BN_bin2bn(reinterpret_cast<const unsigned char*>(raw.data()) + at, 32, nullptr);
  };
  const Owned<ECDSA_SIG, ECDSA_SIG_free> signature(ECDSA_SIG_new());
  ECDSA_SIG_set0(signature.get(), number(0), number(32));
  std::string der(static_cast<size_t>(i2d_ECDSA_SIG(signature.get(), nullptr)), '\0');
  auto* end = reinterpret_cast<unsigned char*>(der.data());
  i2d_ECDSA_SIG(signature.get(), &end);
  return der;
}

struct PublicKey::Held {
  KeyType type;
  std::string raw;
  std::string sm2_id;
  EvpKey evp;
};

Result<PublicKey> PublicKey::from_raw(KeyType type, std::string_view raw, std::string_view sm2_id) {
  EvpKey evp = public_evp(type, raw);
  if (!evp) return invalid("不是该类型的公钥", "these bytes are no public key of its type");
  return PublicKey(std::make_shared<const Held>(Held{type, std::string(raw), std::string(sm2_id), std::move(evp)}));
}

Result<PublicKey> PublicKey::from_spki(std::string_view der) {
  // SEQUENCE { SEQUENCE { ecPublicKey, prime256v1 }, BIT STRING of 65 bytes }: DER leaves no choice but the point.
  static const std::string k_head = from_hex("3059301306072a8648ce3d020106082a8648ce3d030107034200").value();
  if (!der.starts_with(k_head)) return invalid("不是 P-256 公钥（SPKI）", "it is no P-256 public key in SPKI");
  return from_raw(KeyType::p256, der.substr(k_head.size()));
}

KeyType PublicKey::type() const { return held_->type; }

const std::string& PublicKey::raw() const { return held_->raw; }

bool PublicKey::verify(std::string_view message, std::string_view signature) const {
  return verify_by(*held_->evp, held_->type, held_->sm2_id, message, signature);
}

struct PrivateKey::Held {
  PublicKey public_key;
  EvpKey evp;                       // empty when the key stays in a token
  std::unique_ptr<TokenKey> token;  // then this one signs
};

PrivateKey PrivateKey::generate(KeyType type, std::string_view sm2_id) {
  EvpKey evp = generate_evp(type);
  auto public_key = PublicKey::from_raw(type, raw_public(*evp, type), sm2_id).value();
  return PrivateKey(std::make_shared<const Held>(Held{std::move(public_key), std::move(evp), nullptr}));
}

Result<PrivateKey> PrivateKey::load(const std::string& where, std::string_view sm2_id) {
  auto key = where.starts_with("pkcs11:") ? from_token(where) : from_file(where, sm2_id);
  // Whatever a file or a token says of its halves: they belong together when one verifies what the other signs.
  if (key && !key->signs_for_its_public_key())
    return invalid("公钥与私钥不相符", "its two halves do not belong together");
  return key;
}

Result<PrivateKey> PrivateKey::from_token(const std::string& uri) {
  auto token = TokenKey::open(uri);
  if (!token) return tl::unexpected(token.error());
  auto public_key = PublicKey::from_raw((*token)->type(), (*token)->public_raw());
  if (!public_key) return tl::unexpected(public_key.error());
  return PrivateKey(std::make_shared<const Held>(Held{std::move(*public_key), nullptr, std::move(*token)}));
}

Result<PrivateKey> PrivateKey::from_file(const std::string& file, std::string_view sm2_id) {
  const auto pem = read_secret(file);
  if (!pem) return tl::unexpected(pem.error());
  EvpKey evp = read_pem(*pem);
  const auto type = evp ? type_of(*evp) : std::nullopt;
  if (!type) {
    return invalid("不是 Ed25519、P-256 或 SM2 的 PKCS#8 PEM 私钥",
                   "it is no private key of Ed25519, P-256 or SM2 in PKCS#8 PEM");
  }
  auto public_key = PublicKey::from_raw(*type, raw_public(*evp, *type), sm2_id);
  if (!public_key) return tl::unexpected(public_key.error());
  return PrivateKey(std::make_shared<const Held>(Held{std::move(*public_key), std::move(evp), nullptr}));
}

Result<void> PrivateKey::save(const std::filesystem::path& file) const {
  if (!held_->evp) {
    const auto reason = bilingual("该私钥不离开密码设备", "this key does not leave its token");
    return refuse(Code::file_unwritable, {{"path", file.string()}, {"reason", reason}});
  }
  const Memory memory(BIO_new(BIO_s_mem()));  // wiped when freed
  if (PEM_write_bio_PKCS8PrivateKey(memory.get(), held_->evp.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    throw std::runtime_error("a key could not be written as PKCS#8");
  }
  char* pem = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &pem);
  return write_secret(file, {pem, static_cast<size_t>(size)});
}

const PublicKey& PrivateKey::public_key() const { return held_->public_key; }

Result<std::string> PrivateKey::sign(std::string_view message) const {
  if (held_->token) return held_->token->sign(message);
  const auto& about = *held_->public_key.held_;
  std::string signature = sign_by(*held_->evp, about.type, about.sm2_id, message);
  if (signature.empty()) {
    return refuse(Code::signing_failed, {{"reason", bilingual("密码库拒绝", "the cryptographic library refused")}});
  }
  return signature;
}

bool PrivateKey::signs_for_its_public_key() const {
  constexpr std::string_view k_probe = "sparkgate: a key proves itself";
  const auto signature = sign(k_probe);
  return signature && public_key().verify(k_probe, *signature);
}

}  // namespace sparkgate
