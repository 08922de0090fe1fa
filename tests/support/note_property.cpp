#include "tests/support/note_property.h"

#include "certs/note.h"

namespace sparkgate::test {
namespace {

// The worked example of the log's format: RFC 8032 TEST 1.
constexpr std::string_view k_vkey =
    "permits.example.org/log/2026+7c4d448d+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";
constexpr std::string_view k_text = "permits.example.org/log/2026\n300\nhOE+weA3FVrmGXV1mbLNIa2lpWXg/ZsxOcDDxsG4rak=\n";

std::string broken_promise_of(const Note& note, std::string_view bytes) {
  static const std::vector<NoteVerifier> k_verifiers = {NoteVerifier::parse(k_vkey).value()};
  if (note.str() != bytes) return "a note comes out as it came in";
  if (!is_note_text(note.text)) return "a note's text could be signed";
  if (note.signatures.empty() || note.signatures.size() > k_max_note_signatures) return "signatures are bounded";
  for (const NoteSignature& signature : note.signatures) {
    if (!is_note_name(signature.name) || signature.bytes.empty()) return "a signature has a name and bytes";
    if (const auto at = cosigned_at(signature); at && format_time(*at).size() != 20) return "a time can be told";
  }
  const auto found = verified_by(note, k_verifiers);
  if (found && !found->empty() && note.text != k_text) return "one text alone is signed";
  return "";
}

}  // namespace

std::string broken_note_promise(std::string_view bytes) {
  if (const auto verifier = NoteVerifier::parse(bytes)) {
    const auto again = NoteVerifier::parse(verifier->vkey());
    if (!again || again->vkey() != verifier->vkey()) return "a key is told as it is read";
    if (again->key_id() != verifier->key_id() || again->kind() != verifier->kind()) return "a key told is the same key";
  }
  const auto note = parse_note(bytes);
  return note ? broken_promise_of(*note, bytes) : "";
}

}  // namespace sparkgate::test
