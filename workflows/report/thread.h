// What both sides have said in one report, for whoever holds the report's secret.
//
//   secret of the report: X25519; its public key is always derived from it, never read from where it is stored
//   item's own key        = 32 random bytes, sealed to the report, purpose "item-key"
//   body                  = seal_text(item's key, place, canonical JSON of what is said); see certs/content.h
//   place                 = tenant, report, sequence, direction, SHA-256 of the body before it
//   proof                 = the source's mark over aad and JSON, or
//                           Ed25519 of the officer over "wb/officer-message/v1" ‖ u64be size of aad ‖ aad ‖ JSON
//   source's wrap         = the secret sealed to the source's reading key, purpose "source-wrap"; that key stands in
//                           the first item, under its mark: nobody else's can be put in its place
//
// A fresh secret changes what is sealed to the report and to its readers; bodies, proofs and files stay as they are.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "certs/content.h"
#include "certs/officer_keys.h"
#include "certs/source_keys.h"
#include "engine/base/json.h"
#include "engine/store/intake_store.h"

namespace sparkgate::report {

/// Something said, verified: by the source itself, or by an officer of that id.
struct Said {
  int64_t sequence = 0;
  std::string kind;      // "text", "file", "note"
  Direction direction = Direction::from_source;
  std::string author;    // "" for the source
  std::string day;
  std::string file;      // the name of the sealed file, where there is one
  Json content;          // what was said
};

/// Verifying keys of officers by their ids, from rosters whose signatures are right: all that an officer ever had.
using SigningKeys = std::map<std::string, std::set<std::string>, std::less<>>;

/// Member of the first item's content: the source's reading key, in base64.
inline constexpr const char* k_source_key = "reading_key";

class Thread {
 public:
  /// Nothing when what is stored does not open with that secret (it is another report's, or was altered).
  static std::optional<Thread> open(std::string tenant, const StoredReport& report, X25519Key secret);

  /// What verifies; what does not is left out, and counted in `unproven`.
  std::vector<Said> read(const std::vector<StoredItem>& items, const SigningKeys& officers, int& unproven) const;

  struct Words {
    std::string kind;
    std::string day;
    Json content;
    std::string file = {};
  };
  /// The next item; `report` is changed to have it. Nothing when there is more text than an item holds.
  std::optional<StoredItem> say_as_source(StoredReport& report, const Words& words, Random& random) const;
  std::optional<StoredItem> say_as_officer(StoredReport& report, const Words& words, const std::string& officer,
                                           const Ed25519Key& signing, Random& random) const;

  struct Fresh;
  /// The same report under a fresh secret; `report` is changed to have it, `items` are those whose keys were sealed
  /// anew. Nothing when nothing can be sealed to that key of the source's.
  std::optional<Fresh> under_fresh_secret(StoredReport& report, const std::vector<StoredItem>& items,
                                          std::string_view source_key, Random& random) const;

  const X25519Key& secret() const { return secret_; }
  const std::string& report() const { return report_; }
  /// Where all files of the report are sealed: each has a key of its own.
  ContentPlace file_place() const;

 private:
  Thread(std::string tenant, std::string report, X25519Key secret, SecretBytes auth)
      : tenant_(std::move(tenant)), report_(std::move(report)), secret_(std::move(secret)), auth_(std::move(auth)) {}
  ContentPlace place(int64_t sequence, Direction direction, const Digest& previous) const;
  SealContext context(std::string purpose) const { return {tenant_, report_, std::move(purpose)}; }
  std::optional<Said> read_one(const StoredItem& item, const Digest& previous, const SigningKeys& officers) const;
  using Prove = std::function<std::string(std::string_view aad, std::string_view text)>;
  std::optional<StoredItem> say(StoredReport& report, const Words& words, Direction direction, std::string author,
                                const Prove& prove, Random& random) const;

  std::string tenant_, report_;
  X25519Key secret_;
  SecretBytes auth_;  // by which the source's marks are made and checked
};

struct Thread::Fresh {
  Thread thread;
  std::vector<StoredItem> items;
};

/// A report that somebody's keys opened.
struct Opened {
  StoredReport report;
  Thread thread;
};

/// Of a new report, which is changed to have a secret.
Thread begin_thread(const std::string& tenant, StoredReport& report, const SourceKeys& source, Random& random);
/// Nothing for another code.
std::optional<X25519Key> secret_for_source(const std::string& tenant, const StoredReport& report,
                                           const SourceKeys& source);
/// The secret sealed to a reader, and opened by it.
StoredWrap wrap_for_reader(const std::string& tenant, const std::string& report, const X25519Key& secret,
                           const std::string& reading_key, Random& random);
std::optional<X25519Key> secret_for_reader(const std::string& tenant, const StoredWrap& wrap, const X25519Key& reader);

}  // namespace sparkgate::report
