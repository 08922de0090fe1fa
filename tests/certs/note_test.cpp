// Signed notes against those of others and against everything that is none.
#include "certs/note.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "engine/base/codes.h"
#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "tests/support/files.h"
#include "tests/support/note_property.h"
#include "tests/support/test_keys.h"

namespace sparkgate {
namespace {

using test::content_of;

const std::filesystem::path k_vectors = std::filesystem::path(SOURCE_DIR) / "../shared/vectors/notes";

std::string reason_of(const Refusal& refusal) { return refusal.details.value("/reason/en"_json_pointer, ""); }

const std::string k_name = "permits.example.org/log/2026";
const std::string k_text = "permits.example.org/log/2026\n300\nhOE+weA3FVrmGXV1mbLNIa2lpWXg/ZsxOcDDxsG4rak=\n";

std::string broken(std::string_view note) {
  const auto parsed = parse_note(note);
  if (parsed) return "";
  EXPECT_EQ(parsed.error().code, Code::note_malformed);
  return reason_of(parsed.error());
}

size_t verified(const Note& note, const std::vector<NoteVerifier>& verifiers) {
  return verified_by(note, verifiers).value_or(std::vector<size_t>()).size();
}

TEST(Note, of_others_verify_until_a_character_is_changed) {
  if (!std::filesystem::exists(k_vectors)) GTEST_SKIP() << "the public vectors are not at ../shared/vectors/notes";
  const Json keys = parse_json(content_of(k_vectors / "keys.json")).value();
  for (const auto& [file, key] : keys.items()) {
    const std::string bytes = content_of(k_vectors / file);
    const auto verifier = NoteVerifier::parse(key.contains("vkey") ? key["vkey"].get<std::string>()
                                                                   : key["witness_vkey"].get<std::string>());
    ASSERT_TRUE(verifier) << file << ": " << describe(verifier.error());
    const auto note = parse_note(bytes);
    ASSERT_TRUE(note) << file << ": " << describe(note.error());
    EXPECT_EQ(verified(*note, {*verifier}), 1u) << file;
    EXPECT_EQ(note->str(), bytes) << file;
    Note altered = *note;
    altered.text[0] ^= 1;
    EXPECT_EQ(verified(altered, {*verifier}), 0u) << file;
    EXPECT_EQ(verified_by(altered, {*verifier}).error().code, Code::note_unverified) << file;
  }
}

TEST(Note, cosignatures_of_others_tell_their_time) {
  if (!std::filesystem::exists(k_vectors)) GTEST_SKIP() << "the public vectors are not at ../shared/vectors/notes";
  const auto note = parse_note(content_of(k_vectors / "sunlight-cosigned.checkpoint")).value();
  ASSERT_EQ(note.signatures.size(), 2u);
  EXPECT_EQ(format_time(cosigned_at(note.signatures[1]).value()), "2025-12-31T00:00:00Z");
  EXPECT_FALSE(cosigned_at(note.signatures[0])) << "a signature of another kind";
}

TEST(Note, comes_out_byte_for_byte_as_in_the_worked_example) {
  const NoteSigner signer(k_name, NoteKeyKind::ed25519, test::ed25519_of(test::k_rfc8032_seed));
  EXPECT_EQ(signer.verifier().vkey(),
            "permits.example.org/log/2026+7c4d448d+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea");
  const Note note{k_text, {signer.sign(k_text).value()}};
  EXPECT_EQ(note.str(),
            k_text +
                "\n— permits.example.org/log/2026 "
                "fE1EjXxe9+2qmzkM+IfNtKNqNEJQr6cmwOtWOvTaXfwVlZM6uUou71wlat1ClwnPPUZod7atzuHQUO+F7UOn35Xnjwk"
                "=\n");
}

TEST(Note, of_every_kind_of_key_is_read_back_and_verified) {
  const NoteSigner log("log.example.org", NoteKeyKind::ed25519, PrivateKey::generate(KeyType::ed25519));
  const NoteSigner witness("w.example.org/w1", NoteKeyKind::cosignature, PrivateKey::generate(KeyType::ed25519));
  const NoteSigner sm2("log.example.org", NoteKeyKind::sm2, PrivateKey::generate(KeyType::sm2));
  const std::string text = "log.example.org\n7\n\n动火证\n";
  const Time at = parse_time("2026-08-13T13:00:00.999Z").value();
  Note made{text, {}};
  std::vector<NoteVerifier> verifiers;
  for (const auto* signer : {&log, &witness, &sm2}) {
    made.signatures.push_back(signer->sign(text, at).value());
    verifiers.push_back(NoteVerifier::parse(signer->verifier().vkey()).value());
    EXPECT_EQ(verifiers.back().vkey(), signer->verifier().vkey());
    EXPECT_EQ(verifiers.back().kind(), signer->verifier().kind());
  }
  const auto note = parse_note(made.str());
  ASSERT_TRUE(note) << describe(note.error());
  EXPECT_EQ(note->text, text);
  EXPECT_EQ(verified_by(*note, verifiers).value(), (std::vector<size_t>{0, 1, 2}));
  EXPECT_EQ(format_time(cosigned_at(note->signatures[1]).value()), "2026-08-13T13:00:00Z");
}

TEST(Note, cosignature_covers_its_time) {
  const NoteSigner witness("w", NoteKeyKind::cosignature, PrivateKey::generate(KeyType::ed25519));
  NoteSignature signature = witness.sign("text\n", Time(seconds(1'000))).value();
  ASSERT_TRUE(witness.verifier().verify("text\n", signature));
  signature.bytes[7] ^= 1;
  EXPECT_FALSE(witness.verifier().verify("text\n", signature));
}

TEST(Note, an_ed25519_signature_is_no_cosignature_of_the_same_key) {
  const auto key = PrivateKey::generate(KeyType::ed25519);
  const NoteSigner plain("n", NoteKeyKind::ed25519, key), witness("n", NoteKeyKind::cosignature, key);
  EXPECT_NE(plain.verifier().key_id(), witness.verifier().key_id());
  NoteSignature signature = plain.sign("cosignature/v1\ntime 1\ntext\n").value();
  signature.bytes = std::string("\0\0\0\0\0\0\0\1", 8) + signature.bytes;
  signature.key_id = witness.verifier().key_id();
  EXPECT_TRUE(witness.verifier().verify("text\n", signature)) << "why a log must never sign such a text as a note";
}

TEST(Note, unknown_keys_are_ignored_and_known_ones_must_be_right) {
  const NoteSigner known("a", NoteKeyKind::ed25519, PrivateKey::generate(KeyType::ed25519));
  const NoteSigner stranger("a", NoteKeyKind::ed25519, PrivateKey::generate(KeyType::ed25519));
  const NoteSigner other_name("b", NoteKeyKind::ed25519, PrivateKey::generate(KeyType::ed25519));
  Note note{"t\n", {stranger.sign("x\n").value(), known.sign("t\n").value(), other_name.sign("x\n").value()}};
  EXPECT_EQ(verified_by(note, {known.verifier()}).value(), std::vector<size_t>{0});
  EXPECT_EQ(verified_by(note, {}).value(), std::vector<size_t>{});
  note.signatures.push_back(known.sign("u\n").value());
  const auto refused = verified_by(note, {known.verifier()});
  ASSERT_FALSE(refused) << "a good signature does not outweigh a wrong one of the same key";
  EXPECT_EQ(refused.error().code, Code::note_unverified);
  EXPECT_EQ(refused.error().details.at("name"), "a");
}

// Two seeds whose ids collide under the name "n": found by search, in seconds.
TEST(Note, keys_of_one_name_and_one_id_are_told_apart_by_their_signatures) {
  const std::string zeros(60, '0');
  const NoteSigner one("n", NoteKeyKind::ed25519, test::ed25519_of(zeros + "6836"));
  const NoteSigner two("n", NoteKeyKind::ed25519, test::ed25519_of(zeros + "9167"));
  ASSERT_EQ(one.verifier().key_id(), two.verifier().key_id());
  const std::vector<NoteVerifier> both = {one.verifier(), two.verifier()};
  const NoteSignature by_one = one.sign("t\n").value(), by_two = two.sign("t\n").value();
  EXPECT_EQ(verified_by({"t\n", {by_one}}, both).value(), std::vector<size_t>{0});
  EXPECT_EQ(verified_by({"t\n", {by_two}}, both).value(), std::vector<size_t>{1});
  EXPECT_EQ(verified_by({"t\n", {by_two, by_one}}, both).value(), (std::vector<size_t>{0, 1}));
  EXPECT_FALSE(verified_by({"t\n", {by_one, by_two}}, {one.verifier()}));
  EXPECT_FALSE(verified_by({"t\n", {by_one, one.sign("u\n").value()}}, both));
}

TEST(Note, splits_at_the_last_empty_line) {
  const auto note = parse_note("a\n\nb\n\n\n— n AAAAAAE=\n");
  ASSERT_TRUE(note) << describe(note.error());
  EXPECT_EQ(note->text, "a\n\nb\n\n");
  ASSERT_EQ(note->signatures.size(), 1u);
  EXPECT_EQ(note->signatures[0].name, "n");
  EXPECT_EQ(note->signatures[0].key_id, 0u);
  EXPECT_EQ(note->signatures[0].bytes, "\x01");
  EXPECT_EQ(parse_note("\n\n— n AAAAAAE=\n")->text, "\n");
  // What looks like a signature in the text is text.
  EXPECT_EQ(parse_note("a\n\n— m AAAAAAE=\n\n— n AAAAAAE=\n")->text, "a\n\n— m AAAAAAE=\n");
}

TEST(Note, that_is_none_is_refused) {
  const std::string line = "— n AAAAAAE=\n";
  ASSERT_EQ(broken("t\n\n" + line), "");
  struct Row {
    const char* note;
    const char* reason;
  };
  constexpr const char *k_bytes = "it is not UTF-8, or it holds control characters",
                       *k_no_split = "no empty line stands before the signatures",
                       *k_end = "it does not end with a whole signature line", *k_line = "signature line 1 is none";
  constexpr Row k_rows[] = {
      {"", k_no_split},
      {"t", k_no_split},
      {"t\n— n AAAAAAE=\n", k_no_split},
      {"\n— n AAAAAAE=\n", k_no_split},
      {"— n AAAAAAE=\n", k_no_split},
      {"t\n\n", k_end},
      {"t\n\n— n AAAAAAE=", k_end},
      {"t\n\n— n AAAAAAE=\n\n", k_end},
      {"t\r\n\r\n— n AAAAAAE=\r\n", k_bytes},
      {"t\t\n\n— n AAAAAAE=\n", k_bytes},
      {"\xff\n\n— n AAAAAAE=\n", k_bytes},
      {"\xed\xa0\x80\n\n— n AAAAAAE=\n", k_bytes},
      {"t\n\n- n AAAAAAE=\n", k_line},
      {"t\n\n\u2013 n AAAAAAE=\n", k_line},
      {"t\n\n—n AAAAAAE=\n", k_line},
      {"t\n\n—  n AAAAAAE=\n", k_line},
      {"t\n\n— n  AAAAAAE=\n", k_line},
      {"t\n\n— n AAAAAAE= \n", k_line},
      {"t\n\n— n AAAAAAE= x\n", k_line},
      {"t\n\n— n\n", k_line},
      {"t\n\n— n \n", k_line},
      {"t\n\n—  AAAAAAE=\n", k_line},
      {"t\n\n— n+m AAAAAAE=\n", k_line},
      {"t\n\n— n\u00a0m AAAAAAE=\n", k_line},
      {"t\n\n— n\u3000m AAAAAAE=\n", k_line},
      {"t\n\n— n AAAAAA==\n", k_line},  // a key id and no signature
      {"t\n\n— n AAAAAAE\n", k_line},
      {"t\n\n— n AAAAAAF=\n", k_line},  // stray bits
      {"t\n\n— n AAAA*AE=\n", k_line},
      {"t\n\n— n AAAAAAE=\nx\n", "signature line 2 is none"},
  };
  for (const auto& [note, reason] : k_rows) EXPECT_EQ(broken(note), reason) << note;
  EXPECT_EQ(broken(std::string("t\0\n\n", 4) + line), k_bytes);
}

TEST(Note, is_bounded) {
  const std::string line = "— n AAAAAAE=\n";
  std::string hundred;
  for (size_t i = 0; i < k_max_note_signatures; ++i) hundred += line;
  EXPECT_EQ(broken("t\n\n" + hundred), "");
  EXPECT_EQ(broken("t\n\n" + hundred + line), "it has too many signatures");
  const size_t rest = std::string("\n\n" + line).size();
  EXPECT_EQ(broken(std::string(k_max_note_bytes - rest, 't') + "\n\n" + line), "");
  EXPECT_EQ(broken(std::string(k_max_note_bytes - rest + 1, 't') + "\n\n" + line), "it is too long");
}

TEST(Note, is_signed_only_when_it_can_be_read_back) {
  const NoteSigner signer("n", NoteKeyKind::ed25519, PrivateKey::generate(KeyType::ed25519));
  for (const char* text : {"", "t", "t\t\n", "\xff\n", "t\r\n"}) {
    EXPECT_FALSE(is_note_text(text)) << text;
    EXPECT_THROW((void)signer.sign(text), std::invalid_argument) << text;
  }
  for (const char* name : {"", " ", "a b", "a+b", "a\nb", "a\u2003b", "\xff", "a\u0085"}) {
    EXPECT_FALSE(is_note_name(name)) << name;
    EXPECT_THROW(NoteSigner(name, NoteKeyKind::ed25519, PrivateKey::generate(KeyType::ed25519)), std::invalid_argument);
  }
  EXPECT_TRUE(is_note_name("许可.example.org/日志"));
  EXPECT_THROW(NoteSigner("n", NoteKeyKind::sm2, PrivateKey::generate(KeyType::p256)), std::invalid_argument);
}

TEST(Note, seeds_of_the_fuzzer_keep_every_promise) {
  int count = 0;
  for (const auto& seed : std::filesystem::directory_iterator(SOURCE_DIR "/tests/fuzz/corpus/note")) {
    const std::string bytes = content_of(seed.path());
    EXPECT_EQ(test::broken_note_promise(bytes), "") << seed.path();
    for (size_t at = 0; at < bytes.size(); ++at) {
      EXPECT_EQ(test::broken_note_promise(bytes.substr(0, at)), "") << seed.path() << " cut at " << at;
      std::string changed = bytes;
      for (const char c : {'\0', '\n', ' ', '+', '=', '\x80'}) {
        changed[at] = c;
        EXPECT_EQ(test::broken_note_promise(changed), "") << seed.path() << " changed at " << at;
      }
    }
    ++count;
  }
  EXPECT_GE(count, 10);
}

TEST(NoteVerifier, reads_keys_and_refuses_what_is_none) {
  const std::string vkey = "permits.example.org/log/2026+7c4d448d+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";
  ASSERT_TRUE(NoteVerifier::parse(vkey)) << "its base64 holds a plus sign";
  EXPECT_EQ(NoteVerifier::parse(vkey)->vkey(), vkey);
  EXPECT_EQ(NoteVerifier::parse(vkey)->name(), k_name);
  const std::string other_type =
      "n+" + hex(sha256("n\n\x02" + std::string(32, 'k'))).substr(0, 8) + "+" + base64("\x02" + std::string(32, 'k'));
  const std::string short_key =
      "n+" + hex(sha256("n\n\x01" + std::string(31, 'k'))).substr(0, 8) + "+" + base64("\x01" + std::string(31, 'k'));
  const std::pair<std::string, const char*> k_rows[] = {
      {"", "it is not of the form name+id+key"},
      {"n", "it is not of the form name+id+key"},
      {"n+7c4d448d", "it is not of the form name+id+key"},
      {"+7c4d448d+AQ==", "its name is malformed"},
      {"a b+7c4d448d+AQ==", "its name is malformed"},
      {"n+7c4d448d+", "the key is not base64"},
      {"n+7c4d448d+*", "the key is not base64"},
      {"x" + vkey, "its id does not belong to the key"},
      {"n++AQ==", "its id does not belong to the key"},
      {"n+7c4d448+AQ==", "its id does not belong to the key"},
      {"n+7c4d448dff+AQ==", "its id does not belong to the key"},
      {other_type, "its type of signature is not supported"},
      {short_key, "these bytes are no public key of its type"},
  };
  for (const auto& [text, reason] : k_rows) {
    const auto parsed = NoteVerifier::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, Code::key_invalid);
    EXPECT_EQ(reason_of(parsed.error()), reason) << text;
  }
}

}  // namespace
}  // namespace sparkgate
