#include "workflows/report/thread.h"

#include <algorithm>

#include "certs/keys.h"

namespace sparkgate::report {
namespace {

constexpr const char* k_item_key = "item-key";
constexpr const char* k_auth = "source-auth";
constexpr const char* k_source_wrap = "source-wrap";
constexpr const char* k_reader_wrap = "report-secret";
constexpr std::string_view k_officer_message = "wb/officer-message/v1";

std::string size_of(std::string_view text) {
  std::string out(8, '\0');
  for (int i = 0; i < 8; ++i) out[i] = static_cast<char>(static_cast<uint64_t>(text.size()) >> (56 - 8 * i));
  return out;
}

std::string officer_to_sign(std::string_view aad, std::string_view text) {
  return std::string(k_officer_message) + size_of(aad) + std::string(aad) + std::string(text);
}

bool is_officers(const StoredItem& item, const SigningKeys& officers, std::string_view aad, std::string_view text) {
  const auto keys = officers.find(item.author);
  return keys != officers.end() && std::any_of(keys->second.begin(), keys->second.end(), [&](const std::string& key) {
           const auto verifier = PublicKey::from_raw(KeyType::ed25519, key);
           return verifier && verifier->verify(officer_to_sign(aad, text), item.proof);
         });
}

// The two members of a report that let its secret be found and its marks be checked.
bool seal_secret(StoredReport& report, const SealContext& place, const X25519Key& secret, std::string_view source_key,
                 const SecretBytes& auth, Random& random) {
  auto wrap = seal(source_key, {place.tenant, place.report, k_source_wrap}, secret.secret().view(), random);
  if (!wrap) return false;
  report.source_wrap = std::move(*wrap);
  report.auth_sealed = seal(secret.public_key(), {place.tenant, place.report, k_auth}, auth.view(), random).value();
  return true;
}

}  // namespace

std::optional<Thread> Thread::open(std::string tenant, const StoredReport& report, X25519Key secret) {
  auto auth = open_sealed(secret, {tenant, report.id, k_auth}, report.auth_sealed);
  if (!auth) return std::nullopt;
  return Thread(std::move(tenant), report.id, std::move(secret), std::move(*auth));
}

ContentPlace Thread::place(int64_t sequence, Direction direction, const Digest& previous) const {
  return {tenant_, report_, static_cast<uint64_t>(sequence), direction, previous};
}

ContentPlace Thread::file_place() const { return place(0, Direction::from_source, Digest{}); }

std::vector<Said> Thread::read(const std::vector<StoredItem>& items, const SigningKeys& officers,
                               int& unproven) const {
  std::vector<Said> out;
  Digest previous{};
  unproven = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    auto said = items[i].sequence == static_cast<int64_t>(i) ? read_one(items[i], previous, officers) : std::nullopt;
    if (said) out.push_back(std::move(*said));
    else ++unproven;
    previous = sha256(items[i].body);
  }
  return out;
}

std::optional<Said> Thread::read_one(const StoredItem& item, const Digest& previous,
                                     const SigningKeys& officers) const {
  const bool is_source = item.direction == name_of(Direction::from_source);
  const Direction direction = is_source ? Direction::from_source : Direction::from_officer;
  const auto key = open_sealed(secret_, context(k_item_key), item.key_sealed);
  if (!key || item.direction != name_of(direction)) return std::nullopt;
  const ContentPlace at = place(item.sequence, direction, previous);
  const auto text = open_text(*key, at, item.body);
  if (!text) return std::nullopt;
  const std::string aad = content_aad(at, item.kind);
  const bool is_proven = is_source ? item.author.empty() && is_source_mark(item.proof, auth_, aad, text->view())
                                   : is_officers(item, officers, aad, text->view());
  auto content = parse_json(text->view());
  if (!is_proven || !content) return std::nullopt;
  return Said{item.sequence, item.kind, direction, item.author, item.day, item.file, std::move(*content)};
}

std::optional<StoredItem> Thread::say(StoredReport& report, const Words& words, Direction direction,
                                      std::string author, const Prove& prove, Random& random) const {
  const ContentPlace at = place(report.items, direction, report.last_item);
  const std::string text = canonical(words.content);
  const SecretBytes key = SecretBytes::random(k_content_key_bytes, random);
  auto body = seal_text(key, at, text);
  if (!body) return std::nullopt;
  StoredItem item;
  item.report = report_;
  item.sequence = report.items;
  item.kind = words.kind;
  item.direction = name_of(direction);
  item.author = std::move(author);
  item.key_sealed = seal(secret_.public_key(), context(k_item_key), key.view(), random).value();
  item.proof = prove(content_aad(at, words.kind), text);
  item.day = words.day;
  item.file = words.file;
  item.body = std::move(*body);
  report.last_item = sha256(item.body);
  ++report.items;
  return item;
}

std::optional<StoredItem> Thread::say_as_source(StoredReport& report, const Words& words, Random& random) const {
  const auto mark = [&](std::string_view aad, std::string_view text) {
    return std::string(bytes_of(source_mark(auth_, aad, text)));
  };
  return say(report, words, Direction::from_source, "", mark, random);
}

std::optional<StoredItem> Thread::say_as_officer(StoredReport& report, const Words& words, const std::string& officer,
                                                 const Ed25519Key& signing, Random& random) const {
  const auto sign = [&](std::string_view aad, std::string_view text) {
    return signing.sign(officer_to_sign(aad, text));
  };
  return say(report, words, Direction::from_officer, officer, sign, random);
}

std::optional<Thread::Fresh> Thread::under_fresh_secret(StoredReport& report, const std::vector<StoredItem>& items,
                                                        std::string_view source_key, Random& random) const {
  X25519Key secret = X25519Key::generate(random);
  if (!seal_secret(report, context(""), secret, source_key, auth_, random)) return std::nullopt;
  Fresh fresh{Thread(tenant_, report_, std::move(secret), SecretBytes::copy_of({auth_.view()})), {}};
  for (const StoredItem& item : items) {
    const auto key = open_sealed(secret_, context(k_item_key), item.key_sealed);
    if (!key) continue;  // it was altered, and stays unproven
    fresh.items.push_back(item);
    fresh.items.back().key_sealed =
        seal(fresh.thread.secret().public_key(), context(k_item_key), key->view(), random).value();
  }
  return fresh;
}

Thread begin_thread(const std::string& tenant, StoredReport& report, const SourceKeys& source, Random& random) {
  X25519Key secret = X25519Key::generate(random);
  seal_secret(report, {tenant, report.id, ""}, secret, source.reading().public_key(), source.auth_key(), random);
  return Thread::open(tenant, report, std::move(secret)).value();
}

std::optional<X25519Key> secret_for_source(const std::string& tenant, const StoredReport& report,
                                           const SourceKeys& source) {
  const auto secret = open_sealed(source.reading(), {tenant, report.id, k_source_wrap}, report.source_wrap);
  return secret ? X25519Key::from_secret(secret->view()) : std::nullopt;
}

StoredWrap wrap_for_reader(const std::string& tenant, const std::string& report, const X25519Key& secret,
                           const std::string& reading_key, Random& random) {
  const SealContext context{tenant, report, k_reader_wrap};
  return {report, key_id_of(reading_key), seal(reading_key, context, secret.secret().view(), random).value()};
}

std::optional<X25519Key> secret_for_reader(const std::string& tenant, const StoredWrap& wrap, const X25519Key& reader) {
  const auto secret = open_sealed(reader, {tenant, wrap.report, k_reader_wrap}, wrap.sealed);
  return secret ? X25519Key::from_secret(secret->view()) : std::nullopt;
}

}  // namespace sparkgate::report
