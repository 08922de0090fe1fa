#include "certs/pkcs11.h"

#include <mutex>

#include "certs/cryptoki.h"
#include "certs/key_file.h"
#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate {
namespace {

constexpr std::string_view k_p256_oid("\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", 10);  // DER of CKA_EC_PARAMS

struct TokenScheme {
  CK_KEY_TYPE kind;
  std::string_view parameters;  // "": any, the point's length tells
  size_t point_bytes;
  KeyType type;
  CK_MECHANISM_TYPE mechanism;
};
constexpr TokenScheme k_schemes[] = {
    {CKK_EC_EDWARDS, "", 32, KeyType::ed25519, CKM_EDDSA},
    {CKK_EC, k_p256_oid, 65, KeyType::p256, CKM_ECDSA},
};

// An open session and the key in it.
struct Opened {
  std::unique_ptr<TokenSession> session;
  CK_OBJECT_HANDLE key;
};

// A URI may hold the PIN in its query: that part is never shown.
std::string shown(std::string_view uri) { return std::string(uri.substr(0, uri.find('?'))); }

tl::unexpected<Refusal> unreadable(std::string_view uri, Json reason) {
  return refuse(Code::key_unreadable, {{"path", shown(uri)}, {"reason", std::move(reason)}});
}

tl::unexpected<Refusal> unreadable(std::string_view uri, const TokenSession& session) {
  return unreadable(uri, std::string(p11_kit_strerror(session.status())));
}

CK_ATTRIBUTE wanted(CK_ATTRIBUTE_TYPE type, const void* value, size_t size) {
  return {type, const_cast<void*>(value), static_cast<CK_ULONG>(size)};
}

CK_ATTRIBUTE of_class(const CK_OBJECT_CLASS& object_class) {
  return wanted(CKA_CLASS, &object_class, sizeof object_class);
}
constexpr CK_OBJECT_CLASS k_private = CKO_PRIVATE_KEY, k_public = CKO_PUBLIC_KEY;

Result<Secret> pin_of(P11KitUri* uri) {
  if (const char* value = p11_kit_uri_get_pin_value(uri)) return Secret(value, value + std::string_view(value).size());
  const char* named = p11_kit_uri_get_pin_source(uri);
  if (!named) return Secret();
  std::string_view source = named;
  for (const std::string_view prefix : {"file:", "//"}) {
    if (source.starts_with(prefix)) source.remove_prefix(prefix.size());
  }
  auto pin = read_secret(source);
  while (pin && !pin->empty() && (pin->back() == '\n' || pin->back() == '\r')) pin->pop_back();
  return pin;
}

std::vector<CK_ATTRIBUTE> key_template(P11KitUri* uri) {
  std::vector<CK_ATTRIBUTE> out = {of_class(k_private)};
  CK_ULONG count = 0;
  const CK_ATTRIBUTE* named = p11_kit_uri_get_attributes(uri, &count);
  std::copy_if(named, named + count, std::back_inserter(out), [](const auto& a) { return a.type != CKA_CLASS; });
  return out;
}

// Exactly one token is tried: a PIN sent to others would count against their retries.
Result<Opened> open_key(const std::string& uri, const Modules& modules, P11KitUri* parsed) {
  const auto tokens = tokens_of(modules, parsed);
  if (tokens.empty()) return unreadable(uri, bilingual("没有这个密码设备", "there is no such token"));
  if (tokens.size() > 1) return unreadable(uri, bilingual("有多个密码设备符合", "several tokens fit"));
  const auto pin = pin_of(parsed);
  if (!pin) return tl::unexpected(pin.error());
  auto session = std::make_unique<TokenSession>(tokens.front());
  if (session->status() != CKR_OK) return unreadable(uri, *session);
  if (!pin->empty() && !session->log_in({pin->data(), pin->size()})) return unreadable(uri, *session);
  const auto keys = session->find(key_template(parsed));
  if (session->status() != CKR_OK) return unreadable(uri, *session);
  if (keys.empty()) return unreadable(uri, bilingual("没有这个私钥", "there is no such private key"));
  if (keys.size() > 1) return unreadable(uri, bilingual("有多个私钥符合", "several private keys fit"));
  return Opened{std::move(session), keys.front()};
}

// The point stands in the public key beside the private one; in DER (PKCS#11 2.40) or, of some modules, bare.
std::string point_of(const Opened& opened, size_t point_bytes) {
  const std::string id = opened.session->attribute(opened.key, CKA_ID);
  const auto beside = opened.session->find({of_class(k_public), wanted(CKA_ID, id.data(), id.size())});
  std::string point = opened.session->attribute(beside.empty() ? opened.key : beside.front(), CKA_EC_POINT);
  const std::string der_head = {'\x04', static_cast<char>(point_bytes)};
  if (point.size() == point_bytes + 2 && point.starts_with(der_head)) point.erase(0, 2);
  return point;
}

template <class T>
std::string_view bytes_of_value(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

}  // namespace

struct TokenKey::State {
  std::string uri;
  Pkcs11Uri parsed;
  std::unique_ptr<Modules> modules;
  const TokenScheme* scheme = nullptr;
  std::string public_raw;
  std::mutex mutex;  // a session does one thing at a time
  Opened opened{};

  std::string sign(std::string_view data) const {
    return opened.session ? opened.session->sign(opened.key, scheme->mechanism, data) : "";
  }
};

TokenKey::TokenKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
TokenKey::~TokenKey() = default;
KeyType TokenKey::type() const { return state_->scheme->type; }
const std::string& TokenKey::public_raw() const { return state_->public_raw; }

Result<std::unique_ptr<TokenKey>> TokenKey::open(const std::string& uri) {
  auto state = std::make_unique<State>();
  state->uri = uri;
  state->parsed.reset(p11_kit_uri_new());
  if (p11_kit_uri_parse(uri.c_str(), P11_KIT_URI_FOR_ANY, state->parsed.get()) != P11_KIT_URI_OK ||
      p11_kit_uri_any_unrecognized(state->parsed.get())) {
    return unreadable(uri, bilingual("不是合格的 PKCS#11 URI", "it is no PKCS#11 URI"));
  }
  state->modules = std::make_unique<Modules>(p11_kit_uri_get_module_path(state->parsed.get()));
  auto opened = open_key(uri, *state->modules, state->parsed.get());
  if (!opened) return tl::unexpected(opened.error());
  state->opened = std::move(*opened);
  TokenSession& session = *state->opened.session;
  const std::string kind = session.attribute(state->opened.key, CKA_KEY_TYPE);
  const std::string parameters = session.attribute(state->opened.key, CKA_EC_PARAMS);
  for (const TokenScheme& scheme : k_schemes) {
    if (kind != bytes_of_value(scheme.kind) || !(scheme.parameters.empty() || parameters == scheme.parameters))
      continue;
    state->scheme = &scheme;
    state->public_raw = point_of(state->opened, scheme.point_bytes);
    return std::unique_ptr<TokenKey>(new TokenKey(std::move(state)));
  }
  return refuse(
      Code::key_invalid,
      {{"reason", bilingual("密码设备中的密钥不是 Ed25519 或 P-256", "the token's key is neither Ed25519 nor P-256")}});
}

Result<std::string> TokenKey::sign(std::string_view message) const {
  const Digest digest = sha256(message);
  const bool is_p256 = type() == KeyType::p256;
  const std::string_view data = is_p256 ? bytes_of(digest) : message;
  const std::lock_guard lock(state_->mutex);
  std::string signature = state_->sign(data);
  if (signature.empty()) {
    state_->opened.session.reset();
    auto again = open_key(state_->uri, *state_->modules, state_->parsed.get());
    if (!again) return refuse(Code::signing_failed, {{"reason", again.error().details.at("reason")}});
    state_->opened = std::move(*again);
    signature = state_->sign(data);
  }
  if (is_p256) signature = der_signature(signature);
  if (!signature.empty()) return signature;
  return refuse(Code::signing_failed, {{"reason", std::string(p11_kit_strerror(state_->opened.session->status()))}});
}

}  // namespace sparkgate
