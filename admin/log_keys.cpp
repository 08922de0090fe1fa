#include "admin/log_keys.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "workflows/log/workflow.h"

namespace sparkgate::admin {
namespace {

std::filesystem::path folder_of(const std::filesystem::path& data) { return data / "keys"; }

// log.pem, log-2.pem, log-3.pem, …
std::filesystem::path file_of(const std::filesystem::path& data, int number) {
  return folder_of(data) / ("log" + (number == 1 ? "" : "-" + std::to_string(number)) + ".pem");
}

std::vector<std::string> files_in(const std::filesystem::path& data) {
  std::vector<std::string> out;
  std::error_code none;
  for (const auto& file : std::filesystem::directory_iterator(folder_of(data), none)) {
    const std::string name = file.path().filename();
    if (name.starts_with("log") && name.ends_with(".pem")) out.push_back(file.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::vector<PrivateKey>> load_all(const std::vector<std::string>& places) {
  std::vector<PrivateKey> out;
  for (const std::string& place : places) {
    auto key = PrivateKey::load(place);
    if (!key) return tl::make_unexpected(key.error());
    out.push_back(std::move(*key));
  }
  return out;
}

// Nothing in force: the log's first start, or its entries were never signed.
Result<std::vector<PrivateKey>> load_or_make(const LogKeyOptions& options, const std::filesystem::path& data,
                                             bool is_first_start) {
  if (!options.keys.empty()) return load_all(options.keys);
  auto files = files_in(data);
  if (!files.empty()) return load_all(files);
  if (!is_first_start) return load_all({file_of(data, 1)});  // says that it is not there
  auto made = make_log_key(data, KeyType::ed25519);
  if (!made) return tl::make_unexpected(made.error());
  return std::vector{std::move(made->key)};
}

std::optional<NoteKeyKind> kind_of(const PrivateKey& key) {
  switch (key.public_key().type()) {
    case KeyType::ed25519: return NoteKeyKind::ed25519;
    case KeyType::sm2: return NoteKeyKind::sm2;
    default: return std::nullopt;
  }
}

tl::unexpected<Refusal> wrong_type() {
  return refuse(Code::key_invalid, {{"reason", bilingual("日志须用 Ed25519 或 SM2 密钥签名",
                                                         "a log is signed by Ed25519 and SM2 keys")}});
}

bool is_ed25519(const PrivateKey& key) { return kind_of(key) == NoteKeyKind::ed25519; }

bool holds(const std::vector<std::string>& vkeys, const std::string& vkey) {
  return std::find(vkeys.begin(), vkeys.end(), vkey) != vkeys.end();
}

tl::unexpected<Refusal> other(const std::string& zh, const std::string& en) {
  return refuse(Code::log_key_other, {{"reason", bilingual(zh, en)}});
}

// What was loaded, held against what the log says of its keys.
struct Sorted {
  std::vector<PrivateKey> in_force;
  std::vector<std::string> missing, strange;
};

Sorted sorted(const std::vector<PrivateKey>& loaded, const std::string& origin, const std::vector<std::string>& known) {
  Sorted out;
  std::vector<std::string> found;
  for (const PrivateKey& key : loaded) {
    const std::string vkey = log_vkey(origin, key).value();
    if (!holds(known, vkey)) out.strange.push_back(vkey);
    if (!holds(known, vkey) || holds(found, vkey)) continue;
    found.push_back(vkey);
    out.in_force.push_back(key);
  }
  for (const std::string& vkey : known) {
    if (!holds(found, vkey)) out.missing.push_back(vkey);
  }
  return out;
}

}  // namespace

Result<LogKeys> LogKeys::load(const LogKeyOptions& options, const std::filesystem::path& data, Reader& reader) {
  LogKeys keys;
  if (!options.sign) return keys;
  const auto logs = reader.logs();
  const std::string origin = logs.empty() ? "" : logs.back().origin;
  const auto known = log::signers_of(ReaderView(reader), origin).in_force;
  auto loaded = load_or_make(options, data, known.empty());
  if (!loaded) return tl::make_unexpected(loaded.error());
  if (!std::all_of(loaded->begin(), loaded->end(), kind_of)) return wrong_type();
  Sorted found;
  if (!known.empty()) found = sorted(*loaded, origin, known);
  std::erase(found.missing, options.retiring);
  if (options.for_next_log) {
    if (!found.missing.empty()) keys.barred_ = origin;
  } else {
    if (!found.missing.empty()) return other("缺少 " + found.missing[0], found.missing[0] + " is missing");
    if (!known.empty() && !options.keys.empty() && !found.strange.empty()) {
      return other(found.strange[0] + " 未登记", found.strange[0] + " is not one of them");
    }
  }
  const bool are_all_wanted = known.empty() || (options.for_next_log && !options.keys.empty());
  keys.keys_ = are_all_wanted ? std::move(*loaded) : std::move(found.in_force);
  if (std::any_of(keys.keys_.begin(), keys.keys_.end(), is_ed25519)) return keys;
  return other("没有 Ed25519 密钥", "none is an Ed25519 key");
}

std::vector<NoteSigner> LogKeys::signers(const std::string& origin) const {
  std::vector<NoteSigner> out;
  for (const PrivateKey& key : keys_) out.emplace_back(origin, *kind_of(key), key);
  return out;
}

Result<std::string> LogKeys::sign(const std::string& text) const {
  const std::string origin = text.substr(0, text.find('\n'));
  if (!barred_.empty() && origin == barred_) {
    return refuse(Code::signing_failed, {{"reason", bilingual("缺少其签名密钥", "its keys are missing")}});
  }
  Note note{text, {}};
  for (const NoteSigner& signer : signers(origin)) {
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

std::vector<std::string> LogKeys::vkeys(const std::string& origin) const {
  std::vector<std::string> out;
  for (const NoteSigner& signer : signers(origin)) out.push_back(signer.verifier().vkey());
  return out;
}

Result<std::string> log_vkey(const std::string& origin, const PrivateKey& key) {
  const auto kind = kind_of(key);
  if (!kind) return wrong_type();
  return NoteVerifier::make(origin, *kind, key.public_key()).vkey();
}

Result<MadeKey> make_log_key(const std::filesystem::path& data, KeyType type) {
  std::error_code error;
  std::filesystem::create_directories(folder_of(data), error);
  if (error) return refuse(Code::file_unwritable, {{"path", folder_of(data).string()}, {"reason", error.message()}});
  int number = 1;
  while (std::filesystem::exists(file_of(data, number), error)) ++number;
  const PrivateKey key = PrivateKey::generate(type);
  if (auto saved = key.save(file_of(data, number)); !saved) return tl::make_unexpected(saved.error());
  return MadeKey{key, file_of(data, number)};
}

std::string lines_of(const std::vector<std::string>& vkeys) {
  std::string out;
  for (const std::string& vkey : vkeys) out += vkey + "\n";
  return out;
}

}  // namespace sparkgate::admin
