#include "admin/log_keys.h"

namespace sparkgate::admin {
namespace {

constexpr const char* k_known_keys = "log_keys";  // public keys in hexadecimal, separated by spaces

Result<PrivateKey> load_or_make(const LogKeyOptions& options, const std::filesystem::path& data, bool is_first_start) {
  if (!options.key.empty()) return PrivateKey::load(options.key);
  const auto file = data / "keys" / "log.pem";
  if (!is_first_start || std::filesystem::exists(file)) return PrivateKey::load(file.string());
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  if (error) return refuse(Code::file_unwritable, {{"path", file.parent_path().string()}, {"reason", error.message()}});
  const PrivateKey key = PrivateKey::generate(KeyType::ed25519);
  if (auto saved = key.save(file); !saved) return tl::make_unexpected(saved.error());
  return key;
}

tl::unexpected<Refusal> wrong_type(const std::string& option, KeyType type) {
  const std::string wanted(name_of(type));
  return refuse(
      Code::key_invalid,
      {{"reason", bilingual(option + " 须为 " + wanted + " 密钥", option + " must be a key of type " + wanted)}});
}

}  // namespace

Result<LogKeys> LogKeys::load(const LogKeyOptions& options, const std::filesystem::path& data, Writer& writer) {
  LogKeys keys;
  if (!options.sign) return keys;
  const std::string known = writer.meta(k_known_keys);
  auto key = load_or_make(options, data, known.empty());
  if (!key) return tl::make_unexpected(key.error());
  if (key->public_key().type() != KeyType::ed25519) return wrong_type("--log-key", KeyType::ed25519);
  keys.keys_.push_back({NoteKeyKind::ed25519, std::move(*key)});
  if (!options.sm2_key.empty()) {
    auto sm2 = PrivateKey::load(options.sm2_key);
    if (!sm2) return tl::make_unexpected(sm2.error());
    if (sm2->public_key().type() != KeyType::sm2) return wrong_type("--log-sm2-key", KeyType::sm2);
    keys.keys_.push_back({NoteKeyKind::sm2, std::move(*sm2)});
  }
  // The Ed25519 key is the log's name to the world; the second one may come and go.
  const std::string mine = hex(keys.keys_.front().key.public_key().raw());
  if (!known.empty() && known != mine) return refuse(Code::log_key_other);
  if (known.empty()) {
    writer.begin();
    writer.put_meta(k_known_keys, mine);
    writer.commit();
  }
  return keys;
}

std::vector<NoteSigner> LogKeys::signers(const std::string& origin) const {
  std::vector<NoteSigner> out;
  for (const Key& key : keys_) out.emplace_back(origin, key.kind, key.key);
  return out;
}

Result<std::string> LogKeys::sign(const std::string& text) const {
  Note note{text, {}};
  for (const NoteSigner& signer : signers(text.substr(0, text.find('\n')))) {
    auto signature = signer.sign(text);
    if (!signature) return tl::make_unexpected(signature.error());
    note.signatures.push_back(std::move(*signature));
  }
  return note.str();
}

bool LogKeys::verify(const std::string& bytes) const {
  const auto note = parse_note(bytes);
  if (!note) return false;
  std::vector<NoteVerifier> verifiers;
  for (const NoteSigner& signer : signers(note->text.substr(0, note->text.find('\n')))) {
    verifiers.push_back(signer.verifier());
  }
  const auto by = verified_by(*note, verifiers);
  return by && by->size() == verifiers.size();
}

LogSigner LogKeys::signer() const {
  if (keys_.empty()) return {};
  return {[keys = *this](const std::string& text) { return keys.sign(text); },
          [keys = *this](const std::string& note) { return keys.verify(note); }};
}

std::string LogKeys::vkeys(const std::string& origin) const {
  std::string out;
  for (const NoteSigner& signer : signers(origin)) out += signer.verifier().vkey() + "\n";
  return out;
}

}  // namespace sparkgate::admin
