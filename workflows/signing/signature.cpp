#include "workflows/signing/signature.h"

#include "engine/base/codes.h"
#include "engine/base/embedded.h"
#include "workflows/keys/ring.h"

namespace sparkgate::signing {
namespace {

tl::unexpected<Refusal> invalid(std::string_view zh, std::string_view en) {
  return refuse(Code::signature_invalid, {{"reason", bilingual(zh, en)}});
}

std::string bytes_in(const Json& signed_part, std::string_view member) {
  return from_base64(text_of(signed_part, member)).value_or("");
}

Result<void> check_passkey(const keys::PersonKey& key, std::string_view text, const Json& signed_part,
                           const AssertionPolicy& passkeys) {
  if (passkeys.rp_id.empty()) return invalid("本服务未启用通行密钥", "passkeys are not in use here");
  const Assertion assertion{bytes_in(signed_part, "authenticator_data"), bytes_in(signed_part, "client_data"),
                            bytes_in(signed_part, "signature")};
  const auto verified = verify_assertion(assertion, key.key, sha256(text), passkeys);
  if (!verified) return tl::make_unexpected(verified.error());
  return {};
}

// What the intent says of the command, member by member.
Result<void> check_about(const Intent& intent, const Sent& sent) {
  const std::string& workflow = sent.workflow.description().name;
  const std::string hash = payload_hash(sent.payload);
  const std::tuple<const char*, std::string_view, std::string_view> pairs[] = {
      {"origin", intent.origin, sent.origin},
      {"workflow", intent.workflow, workflow},
      {"event", intent.event, sent.event.name},
      {"instance", intent.instance, sent.instance},
      {"payload_hash", intent.payload_hash, hash}};
  for (const auto& [member, of_intent, of_command] : pairs) {
    if (of_intent != of_command) return refuse(Code::intent_mismatch, {{"member", member}});
  }
  return {};
}

// The key that the payload brings, or the one that the intent names.
Result<keys::PersonKey> key_for(const Intent& intent, const Sent& sent, const View& view) {
  if (sent.event.signing == Signing::new_key) {
    auto key = keys::read_key(text_of(sent.payload, "kind"), text_of(sent.payload, "public_key"));
    if (key && key->kid != intent.key) return refuse(Code::intent_mismatch, {{"member", "key"}});
    return key;
  }
  const InstancePtr ring = keys::ring_of_key(view, intent.key);
  const Json about = ring ? ring->personal->value("keys", Json::object()) : Json::object();
  const auto key = about.find(intent.key);
  if (key == about.end()) return refuse(Code::key_not_active);
  return keys::read_key(text_of(keys::key_in(*ring, intent.key), "kind"), text_of(*key, "public_key"));
}

}  // namespace

const Json& signed_schema() {
  static const Json schema = Json::parse(embedded("workflows/signing/signed.schema.json"));
  return schema;
}

Result<void> check_signature(const keys::PersonKey& key, std::string_view text, const Json& signed_part,
                             const AssertionPolicy& passkeys) {
  const bool has_web_parts = signed_part.contains("client_data") || signed_part.contains("authenticator_data");
  if (has_web_parts != (key.kind == "passkey")) {
    return invalid("所附内容与密钥种类不符", "its parts are not those of such a key");
  }
  if (key.kind == "passkey") return check_passkey(key, text, signed_part, passkeys);
  const std::string sent = bytes_in(signed_part, "signature");
  const std::string der = sent.size() == 64 ? der_signature(sent) : sent;
  if (!key.key.verify(text, der)) return invalid("签名与内容不一致", "it does not fit the text");
  return {};
}

Json take_signed(const EventSpec& event, Json& payload) {
  if (event.signing == Signing::none || !payload.is_object() || !payload.contains("signed")) return nullptr;
  Json taken = std::move(payload["signed"]);
  payload.erase("signed");
  return taken;
}

Result<Json> check_sent(const Json& signed_part, const Sent& sent, const View& view, const AssertionPolicy& passkeys) {
  static const Schema schema(signed_schema());
  if (auto fits = schema.check(signed_part); !fits) {
    fits.error().details["path"] = "/signed" + text_of(fits.error().details, "path");
    return tl::make_unexpected(fits.error());
  }
  const auto intent = Intent::parse(text_of(signed_part, "intent"));
  if (!intent) return tl::make_unexpected(intent.error());
  if (auto about = check_about(*intent, sent); !about) return tl::make_unexpected(about.error());
  const auto key = key_for(*intent, sent, view);
  if (!key) return tl::make_unexpected(key.error());
  const auto stands = check_signature(*key, text_of(signed_part, "intent"), signed_part, passkeys);
  if (!stands) return tl::make_unexpected(stands.error());
  return signed_part;
}

}  // namespace sparkgate::signing
