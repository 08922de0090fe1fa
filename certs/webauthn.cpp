// authenticatorData = rpIdHash (32) flags (1) signCount (u32be) [extensions, when the flag says so]
// signature         = ES256 over authenticatorData ‖ SHA-256(clientDataJSON)
#include "certs/webauthn.h"

#include <algorithm>
#include <optional>

#include "engine/base/codes.h"
#include "engine/base/json.h"

namespace sparkgate {
namespace {

enum Flag : uint8_t {
  k_user_present = 0x01,
  k_user_verified = 0x04,
  k_backup_eligible = 0x08,
  k_backed_up = 0x10,
  k_attested_data = 0x40,
  k_extensions = 0x80
};

constexpr size_t k_hash_bytes = 32;
constexpr size_t k_count_at = 33;
constexpr size_t k_least_bytes = 37;

struct Problem {
  const char *zh, *en;
};

struct AuthenticatorData {
  std::string_view rp_id_hash;
  uint8_t flags;
  uint32_t sign_count;
  bool has(Flag flag) const { return (flags & flag) != 0; }
};

std::optional<AuthenticatorData> parse_authenticator_data(std::string_view bytes) {
  if (bytes.size() < k_least_bytes) return std::nullopt;
  AuthenticatorData data{bytes.substr(0, k_hash_bytes), static_cast<uint8_t>(bytes[k_hash_bytes]), 0};
  for (size_t i = k_count_at; i < k_least_bytes; ++i) {
    data.sign_count = data.sign_count << 8 | static_cast<unsigned char>(bytes[i]);
  }
  const bool has_more = bytes.size() > k_least_bytes;
  if (has_more != data.has(k_extensions) || data.has(k_attested_data)) return std::nullopt;  // attested: enrolment only
  if (data.has(k_backed_up) && !data.has(k_backup_eligible)) return std::nullopt;            // Level 3
  return data;
}

std::optional<Problem> problem_of_client_data(std::string_view json, const Digest& challenge,
                                              const std::vector<std::string>& origins) {
  const auto parsed = parse_json(json);
  if (!parsed || !parsed->is_object())
    return Problem{"clientDataJSON 不是 JSON 对象", "clientDataJSON is no JSON object"};
  const auto text = [&](const char* member) {
    const auto it = parsed->find(member);
    return it != parsed->end() && it->is_string() ? it->get<std::string>() : "";
  };
  if (text("type") != "webauthn.get") return Problem{"类型不是 webauthn.get", "its type is not webauthn.get"};
  if (text("challenge") != base64url(bytes_of(challenge))) {
    return Problem{"签的不是这一操作", "it does not sign this action"};
  }
  if (std::find(origins.begin(), origins.end(), text("origin")) == origins.end()) {
    return Problem{"来自其他网站", "it was made on another site"};
  }
  const auto cross = parsed->find("crossOrigin");
  if ((cross != parsed->end() && *cross != Json(false)) || parsed->contains("topOrigin")) {
    return Problem{"在其他网站的框架内签署", "it was made in a frame of another site"};
  }
  return std::nullopt;
}

std::optional<Problem> problem_of_authenticator_data(const std::optional<AuthenticatorData>& data,
                                                     const AssertionPolicy& policy) {
  if (!data) return Problem{"authenticatorData 格式不符", "authenticatorData is malformed"};
  if (data->rp_id_hash != bytes_of(sha256(policy.rp_id))) {
    return Problem{"通行密钥属于其他域名", "the passkey belongs to another domain"};
  }
  if (!data->has(k_user_present)) return Problem{"无人在场确认", "nobody was present"};
  if (policy.user_verification && !data->has(k_user_verified)) {
    return Problem{"未核验本人（PIN 或生物特征）", "the user was not verified (PIN or biometrics)"};
  }
  return std::nullopt;
}

tl::unexpected<Refusal> invalid(const Problem& problem) {
  return refuse(Code::assertion_invalid, {{"reason", bilingual(problem.zh, problem.en)}});
}

}  // namespace

Result<VerifiedAssertion> verify_assertion(const Assertion& assertion, const PublicKey& key, const Digest& challenge,
                                           const AssertionPolicy& policy) {
  for (const auto* part : {&assertion.authenticator_data, &assertion.client_data_json, &assertion.signature}) {
    if (part->size() > k_max_assertion_part_bytes) return invalid({"过长", "it is too long"});
  }
  if (const auto problem = problem_of_client_data(assertion.client_data_json, challenge, policy.origins)) {
    return invalid(*problem);
  }
  const auto data = parse_authenticator_data(assertion.authenticator_data);
  if (const auto problem = problem_of_authenticator_data(data, policy)) return invalid(*problem);
  const Digest client_data_hash = sha256(assertion.client_data_json);
  const std::string signed_bytes = assertion.authenticator_data + std::string(bytes_of(client_data_hash));
  if (key.type() != KeyType::p256 || !key.verify(signed_bytes, assertion.signature)) {
    return invalid({"签名不正确", "the signature is wrong"});
  }
  return VerifiedAssertion{data->sign_count, data->has(k_user_verified)};
}

}  // namespace sparkgate
