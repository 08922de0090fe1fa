// vkey   = name "+" hex(u32be key-id) "+" base64(type ‖ public key)
// key-id = the first four bytes of SHA-256(name ‖ LF ‖ type ‖ public key)
#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "certs/note.h"
#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate {
namespace {

using namespace std::string_view_literals;

struct Kind {
  NoteKeyKind kind;
  std::string_view type;  // as it stands before the public key
  KeyType key_type;
};
constexpr Kind k_kinds[] = {
    {NoteKeyKind::ed25519, "\x01"sv, KeyType::ed25519},
    {NoteKeyKind::cosignature, "\x04"sv, KeyType::ed25519},
    {NoteKeyKind::sm2, "\xffpermit-SM2-SM3-v1"sv, KeyType::sm2},
};

constexpr size_t k_time_bytes = 8;
constexpr uint64_t k_max_cosigned_seconds = INT64_MAX;    // tlog-cosignature
constexpr uint64_t k_max_told_seconds = 253'402'300'799;  // 9999-12-31T23:59:59Z

const Kind& about(NoteKeyKind kind) { return k_kinds[static_cast<size_t>(kind)]; }

std::string typed_key(NoteKeyKind kind, const PublicKey& key) { return std::string(about(kind).type) + key.raw(); }

uint32_t key_id_of(std::string_view name, std::string_view typed_key) {
  const Digest digest = sha256({name, "\n", typed_key});
  return uint32_t{digest[0]} << 24 | uint32_t{digest[1]} << 16 | uint32_t{digest[2]} << 8 | digest[3];
}

std::string hex_of(uint32_t key_id) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(key_id >> shift);
  return hex(bytes);
}

std::string u64be(uint64_t number) {
  std::string out;
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
  return out;
}

uint64_t leading_u64be(std::string_view bytes) {
  uint64_t out = 0;
  for (size_t i = 0; i < k_time_bytes; ++i) out = out << 8 | static_cast<unsigned char>(bytes[i]);
  return out;
}

std::string cosigned_message(uint64_t seconds, std::string_view text) {
  return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + std::string(text);
}

tl::unexpected<Refusal> bad_vkey(std::string_view zh, std::string_view en) {
  return refuse(Code::key_invalid, {{"reason", bilingual(zh, en)}});
}

}  // namespace

NoteVerifier::NoteVerifier(std::string name, NoteKeyKind kind, PublicKey key)
    : name_(std::move(name)), kind_(kind), key_(std::move(key)), key_id_(key_id_of(name_, typed_key(kind_, key_))) {}

NoteVerifier NoteVerifier::make(std::string name, NoteKeyKind kind, PublicKey key) {
  if (!is_note_name(name)) throw std::invalid_argument("not a name of a note's key: " + name);
  if (about(kind).key_type != key.type()) throw std::invalid_argument("another kind of key is needed for " + name);
  return NoteVerifier(std::move(name), kind, std::move(key));
}

Result<NoteVerifier> NoteVerifier::parse(std::string_view vkey, std::string_view sm2_id) {
  const size_t first = vkey.find('+');
  const size_t second = first == vkey.npos ? first : vkey.find('+', first + 1);
  if (second == vkey.npos) return bad_vkey("不是“名称+标识+密钥”的形式", "it is not of the form name+id+key");
  const auto name = vkey.substr(0, first), key_id = vkey.substr(first + 1, second - first - 1);
  const auto typed = from_base64(vkey.substr(second + 1));
  if (!is_note_name(name)) return bad_vkey("名称不合格式", "its name is malformed");
  if (!typed || typed->empty()) return bad_vkey("密钥不是 base64", "the key is not base64");
  if (from_hex(key_id) != from_hex(hex_of(key_id_of(name, *typed)))) {
    return bad_vkey("标识与密钥不相符", "its id does not belong to the key");
  }
  const auto kind = std::find_if(std::begin(k_kinds), std::end(k_kinds),
                                 [&](const Kind& row) { return typed->starts_with(row.type); });
  if (kind == std::end(k_kinds)) return bad_vkey("不支持的签名类型", "its type of signature is not supported");
  auto key = PublicKey::from_raw(kind->key_type, std::string_view(*typed).substr(kind->type.size()), sm2_id);
  if (!key) return tl::unexpected(key.error());
  return NoteVerifier(std::string(name), kind->kind, std::move(*key));
}

std::string NoteVerifier::vkey() const { return name_ + "+" + hex_of(key_id_) + "+" + base64(typed_key(kind_, key_)); }

bool NoteVerifier::verify(std::string_view text, const NoteSignature& signature) const {
  if (!is_of(signature)) return false;
  if (kind_ != NoteKeyKind::cosignature) return key_.verify(text, signature.bytes);
  if (signature.bytes.size() <= k_time_bytes) return false;
  const uint64_t seconds = leading_u64be(signature.bytes);
  return seconds <= k_max_cosigned_seconds &&
         key_.verify(cosigned_message(seconds, text), std::string_view(signature.bytes).substr(k_time_bytes));
}

std::optional<Time> cosigned_at(const NoteSignature& signature) {
  if (signature.bytes.size() != k_time_bytes + 64) return std::nullopt;
  const uint64_t seconds_since_1970 = leading_u64be(signature.bytes);
  if (seconds_since_1970 > k_max_told_seconds) return std::nullopt;
  return Time(seconds(seconds_since_1970));
}

NoteSigner::NoteSigner(std::string name, NoteKeyKind kind, PrivateKey key)
    : key_(std::move(key)), verifier_(NoteVerifier::make(std::move(name), kind, key_.public_key())) {}

Result<NoteSignature> NoteSigner::sign(std::string_view text, Time at) const {
  if (!is_note_text(text)) throw std::invalid_argument("not a text for a note");
  const bool tells_time = verifier_.kind() == NoteKeyKind::cosignature;
  const auto since_1970 = std::chrono::floor<seconds>(at.time_since_epoch()).count();
  const auto told = static_cast<uint64_t>(since_1970);
  auto signature = key_.sign(tells_time ? cosigned_message(told, text) : std::string(text));
  if (!signature) return tl::unexpected(signature.error());
  return NoteSignature{verifier_.name(), verifier_.key_id(), (tells_time ? u64be(told) : "") + *signature};
}

Result<std::vector<size_t>> verified_by(const Note& note, const std::vector<NoteVerifier>& verifiers) {
  std::vector<bool> good(verifiers.size());
  for (const NoteSignature& signature : note.signatures) {
    bool known = false, verified = false;
    for (size_t i = 0; i < verifiers.size(); ++i) {
      if (!verifiers[i].is_of(signature)) continue;
      known = true;
      if (!verifiers[i].verify(note.text, signature)) continue;
      verified = good[i] = true;
    }
    if (known && !verified) return refuse(Code::note_unverified, {{"name", signature.name}});
  }
  std::vector<size_t> positions;
  for (size_t i = 0; i < good.size(); ++i) {
    if (good[i]) positions.push_back(i);
  }
  return positions;
}

}  // namespace sparkgate
