// Signed notes (C2SP signed-note): a text and lines of signatures under it; and the keys that make and check them.
#pragma once

#include <optional>
#include <vector>

#include "certs/keys.h"
#include "engine/base/time.h"

namespace sparkgate {

/// Of a key, as it stands in a signature line: not empty, UTF-8, no spaces of Unicode, no control characters, no "+".
bool is_note_name(std::string_view name);

/// UTF-8 without control characters, in lines that all end: what can be signed.
bool is_note_text(std::string_view text);

/// One line "— name base64(keyid ‖ signature)".
struct NoteSignature {
  std::string name;
  uint32_t key_id = 0;
  std::string bytes;         // without the key id
  std::string line() const;  // with its newline
};

struct Note {
  std::string text;  // ends in a newline
  std::vector<NoteSignature> signatures;
  std::string str() const;
};

inline constexpr size_t k_max_note_bytes = 1'000'000;
inline constexpr size_t k_max_note_signatures = 100;

/// Refuses note_malformed: no UTF-8, control characters, no empty line before the signatures (the last one counts), a
/// line that is no signature, too large.
Result<Note> parse_note(std::string_view bytes);

/// What a signature is over, by the type in the key.
enum class NoteKeyKind {
  ed25519,      // 01: the text
  cosignature,  // 04: cosignature/v1, Ed25519 over the time and the text; bytes are u64be seconds ‖ signature
  sm2,          // FF "permit-SM2-SM3-v1": SM2 over SM3 of the text, in DER
};

/// A key that checks signatures: "name+hex(keyid)+base64(type‖key)". Names must be names and keys of the kind's type:
/// whatever did not come through `parse` is checked by the caller, or std::invalid_argument is thrown.
class NoteVerifier {
 public:
  /// Refuses key_invalid.
  static Result<NoteVerifier> parse(std::string_view vkey, std::string_view sm2_id = k_default_sm2_id);
  static NoteVerifier make(std::string name, NoteKeyKind kind, PublicKey key);
  const std::string& name() const { return name_; }
  uint32_t key_id() const { return key_id_; }
  NoteKeyKind kind() const { return kind_; }
  std::string vkey() const;
  bool is_of(const NoteSignature& signature) const { return signature.name == name_ && signature.key_id == key_id_; }
  bool verify(std::string_view text, const NoteSignature& signature) const;

 private:
  NoteVerifier(std::string name, NoteKeyKind kind, PublicKey key);
  std::string name_;
  NoteKeyKind kind_;
  PublicKey key_;
  uint32_t key_id_ = 0;
};

/// The time of a cosignature/v1; nothing for another length and for times after the year 9999.
std::optional<Time> cosigned_at(const NoteSignature& signature);

class NoteSigner {
 public:
  NoteSigner(std::string name, NoteKeyKind kind, PrivateKey key);
  const NoteVerifier& verifier() const { return verifier_; }
  /// `text` is one for a note (is_note_text; else std::invalid_argument is thrown). `at` is told only by cosignatures,
  /// to the second. Refuses signing_failed.
  Result<NoteSignature> sign(std::string_view text, Time at = {}) const;

 private:
  PrivateKey key_;
  NoteVerifier verifier_;
};

/// Positions in `verifiers` whose signature stands under the note. Refuses note_unverified when a signature of a known
/// key is wrong; signatures of unknown keys are left alone. Where keys share name and id, one of them must fit. Whether
/// what is found is enough, the caller decides.
Result<std::vector<size_t>> verified_by(const Note& note, const std::vector<NoteVerifier>& verifiers);

}  // namespace sparkgate
