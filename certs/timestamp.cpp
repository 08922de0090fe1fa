#include "certs/timestamp.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>
#include <stdexcept>

#include "certs/openssl_ptr.h"
#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate {
namespace {

constexpr size_t k_nonce_bytes = 8;
constexpr int k_security_level = 2;  // 112 bits: no SHA-1, no RSA below 2048

using Request = Owned<TS_REQ, TS_REQ_free>;
using Response = Owned<TS_RESP, TS_RESP_free>;
using Integer = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;
using Number = Owned<BIGNUM, BN_free>;
using Verification = Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

tl::unexpected<Refusal> invalid(std::string_view zh, std::string_view en) {
  ERR_clear_error();
  return refuse(Code::timestamp_invalid, {{"reason", bilingual(zh, en)}});
}

// The whole of `der`, or nothing.
template <class Owner, auto Decode>
Owner decode(std::string_view der) {
  if (der.size() > k_max_timestamp_bytes) return {};
  const unsigned char* at = bytes(der);
  Owner object(Decode(nullptr, &at, static_cast<long>(der.size())));
  if (at != bytes(der) + der.size()) object.reset();
  return object;
}

Request request_about(std::string_view data) {
  const Digest digest = sha256(data);
  const Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint(TS_MSG_IMPRINT_new());
  const Owned<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
  Request request(TS_REQ_new());
  if (X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) != 1 ||
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) != 1 ||
      TS_MSG_IMPRINT_set_msg(imprint.get(), const_cast<uint8_t*>(digest.data()), digest.size()) != 1 ||
      TS_REQ_set_version(request.get(), 1) != 1 || TS_REQ_set_msg_imprint(request.get(), imprint.get()) != 1) {
    throw std::runtime_error("no timestamp request could be made");
  }
  return request;
}

bool is_about(TS_REQ& request, std::string_view data) {
  TS_MSG_IMPRINT* imprint = TS_REQ_get_msg_imprint(&request);
  const ASN1_OCTET_STRING* digest = TS_MSG_IMPRINT_get_msg(imprint);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const std::string_view told(reinterpret_cast<const char*>(ASN1_STRING_get0_data(digest)),
                              static_cast<size_t>(ASN1_STRING_length(digest)));
  return OBJ_obj2nid(algorithm) == NID_sha256 && told == bytes_of(sha256(data));
}

// Trusts every certificate of the text, at the time told; empty when there is none.
Owned<X509_STORE, X509_STORE_free> trust_in(std::string_view ca_pem, Time at) {
  Owned<X509_STORE, X509_STORE_free> store(X509_STORE_new());
  const Owned<BIO, BIO_free_all> memory(BIO_new_mem_buf(ca_pem.data(), static_cast<int>(ca_pem.size())));
  const auto no_passphrase = [](char*, int, int, void*) { return -1; };  // nobody is asked at the terminal
  size_t count = 0;
  while (X509* read = PEM_read_bio_X509(memory.get(), nullptr, no_passphrase, nullptr)) {
    const Owned<X509, X509_free> certificate(read);
    count += X509_STORE_add_cert(store.get(), certificate.get()) == 1;
  }
  ERR_clear_error();
  X509_VERIFY_PARAM* how = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_time(how, std::chrono::floor<seconds>(at).time_since_epoch().count());
  X509_VERIFY_PARAM_set_auth_level(how, k_security_level);
  if (count == 0) store.reset();
  return store;
}

std::optional<Time> instant(const ASN1_GENERALIZEDTIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1 || parts.tm_year < 70) return std::nullopt;
  const std::chrono::year_month_day day(std::chrono::year(parts.tm_year + 1900),
                                        std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)),
                                        std::chrono::day(static_cast<unsigned>(parts.tm_mday)));
  return Time(std::chrono::sys_days(day)) + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec);
}

std::string hex_of(const ASN1_INTEGER* integer) {
  const Number number(ASN1_INTEGER_to_BN(integer, nullptr));
  std::string out(static_cast<size_t>(std::max(1, BN_num_bytes(number.get()))), '\0');
  BN_bn2binpad(number.get(), reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size()));
  return hex(out);
}

std::string dotted(const ASN1_OBJECT* object) {
  std::string out(256, '\0');
  const int size = OBJ_obj2txt(out.data(), static_cast<int>(out.size()), object, 1);
  out.resize(std::clamp<size_t>(static_cast<size_t>(std::max(size, 0)), 0, out.size() - 1));
  return out;
}

bool has_strong_digests(PKCS7* token) {
  const auto* signers = PKCS7_get_signer_info(token);
  for (int i = 0; i < sk_PKCS7_SIGNER_INFO_num(signers); ++i) {
    X509_ALGOR* digest = nullptr;
    PKCS7_SIGNER_INFO_get0_algs(sk_PKCS7_SIGNER_INFO_value(signers, i), nullptr, &digest, nullptr);
    const ASN1_OBJECT* algorithm = nullptr;
    X509_ALGOR_get0(&algorithm, nullptr, nullptr, digest);
    constexpr int k_strong[] = {NID_sha256, NID_sha384, NID_sha512, NID_sha3_256, NID_sha3_384, NID_sha3_512};
    if (std::find(std::begin(k_strong), std::end(k_strong), OBJ_obj2nid(algorithm)) == std::end(k_strong)) return false;
  }
  return true;
}

struct Reason {
  int openssl;
  const char *zh, *en;
};
constexpr Reason k_reasons[] = {
    {TS_R_MESSAGE_IMPRINT_MISMATCH, "针对的是其他内容", "it is about other data"},
    {TS_R_NONCE_MISMATCH, "答复的是另一请求", "it answers another request"},
    {TS_R_NONCE_NOT_RETURNED, "未带回请求的随机数", "it does not return the request's nonce"},
    {TS_R_CERTIFICATE_VERIFY_ERROR, "时间戳机构的证书不受信任", "the authority's certificate is not trusted"},
    {TS_R_SIGNATURE_FAILURE, "签名不正确", "its signature is wrong"},
};

tl::unexpected<Refusal> why_not() {
  const unsigned long error = ERR_peek_last_error();
  for (const Reason& row : k_reasons) {
    if (ERR_GET_LIB(error) == ERR_LIB_TS && ERR_GET_REASON(error) == row.openssl) return invalid(row.zh, row.en);
  }
  return invalid("结构或签名不符合 RFC 3161", "its form or signature is not as RFC 3161 says");
}

bool is_granted(TS_RESP& response) {
  const long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(&response)));
  return status == TS_STATUS_GRANTED || status == TS_STATUS_GRANTED_WITH_MODS;
}

}  // namespace

std::string timestamp_request(std::string_view data, Random& random) {
  const Request request = request_about(data);
  const std::string nonce_bytes = random.bytes(k_nonce_bytes);
  const Number number(BN_bin2bn(bytes(nonce_bytes), static_cast<int>(nonce_bytes.size()), nullptr));
  const Integer nonce(BN_to_ASN1_INTEGER(number.get(), nullptr));
  unsigned char* der = nullptr;
  if (TS_REQ_set_nonce(request.get(), nonce.get()) != 1 || TS_REQ_set_cert_req(request.get(), 1) != 1) {
    throw std::runtime_error("no timestamp request could be made");
  }
  const int size = i2d_TS_REQ(request.get(), &der);
  if (size <= 0) throw std::runtime_error("no timestamp request could be written");
  std::string out(reinterpret_cast<const char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return out;
}

Result<Timestamp> verify_timestamp(std::string_view response_der, std::string_view data, std::string_view ca_pem,
                                   std::string_view request_der) {
  const Request request = request_der.empty() ? request_about(data) : decode<Request, d2i_TS_REQ>(request_der);
  if (!request || !is_about(*request, data)) return invalid("请求针对的是其他内容", "the request is about other data");
  const Response response = decode<Response, d2i_TS_RESP>(response_der);
  if (!response) return invalid("不是时间戳响应", "it is no timestamp response");
  if (!is_granted(*response)) return refuse(Code::timestamp_refused);
  TS_TST_INFO* info = TS_RESP_get_tst_info(response.get());
  const auto at = info ? instant(TS_TST_INFO_get_time(info)) : std::nullopt;
  if (!at) return invalid("没有时间戳", "it holds no timestamp");
  if (!has_strong_digests(TS_RESP_get_token(response.get()))) return invalid("摘要算法过弱", "its digest is too weak");

  auto store = trust_in(ca_pem, *at);
  if (!store) return invalid("没有可信的 CA 证书", "no certificate of a CA is given");
  const Verification verification(TS_REQ_to_TS_VERIFY_CTX(request.get(), nullptr));
  TS_VERIFY_CTX_set_store(verification.get(), store.release());
  TS_VERIFY_CTX_add_flags(verification.get(), TS_VFY_SIGNATURE);
  if (TS_RESP_verify_response(verification.get(), response.get()) != 1) return why_not();
  return Timestamp{*at, dotted(TS_TST_INFO_get_policy_id(info)), hex_of(TS_TST_INFO_get_serial(info))};
}

}  // namespace sparkgate
