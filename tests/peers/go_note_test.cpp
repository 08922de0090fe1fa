// Signed notes: Go's sumdb/note opens ours, we open Go's, and no altered note passes with one of us alone.
#include <gtest/gtest.h>

#include "certs/note.h"
#include "engine/base/digest.h"
#include "tests/support/peers.h"

namespace sparkgate {
namespace {

constexpr const char* k_texts[] = {"a\n",
                                   "permits.example.org/log/2026\n300\nhOE+weA3FVrmGXV1mbLNIa2lpWXg/ZsxOcDDxsG4rak=\n",
                                   "动火\n\n\n— n AAAAAAE=\n\n", "\n"};

class GoNote : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why = test::missing_go(); !why.empty()) GTEST_SKIP() << why;
  }

  static Json to_open(std::string_view note, const NoteVerifier& verifier) {
    return {{"open", base64(note)}, {"vkeys", {verifier.vkey()}}};
  }

  const NoteSigner signer_{"log.example.org", NoteKeyKind::ed25519, PrivateKey::generate(KeyType::ed25519)};
};

bool we_open(std::string_view bytes, const NoteVerifier& verifier) {
  const auto note = parse_note(bytes);
  if (!note) return false;
  const auto found = verified_by(*note, {verifier});
  return found && !found->empty();
}

TEST_F(GoNote, opens_ours) {
  const NoteSigner witness("w.example.org", NoteKeyKind::cosignature, PrivateKey::generate(KeyType::ed25519));
  const NoteSigner sm2("log.example.org", NoteKeyKind::sm2, PrivateKey::generate(KeyType::sm2));
  std::vector<Json> asks;
  for (const char* text : k_texts) {
    Note note{text, {}};
    for (const auto* signer : {&sm2, &signer_, &witness}) {
      note.signatures.push_back(signer->sign(text).value());
    }
    asks.push_back(to_open(note.str(), signer_.verifier()));
  }
  const auto answers = test::ask_go("note.go", asks);
  for (size_t i = 0; i < asks.size(); ++i) {
    EXPECT_EQ(answers[i], (Json{{"text", k_texts[i]}, {"names", {"log.example.org"}}}));
  }
}

TEST_F(GoNote, makes_what_we_open) {
  std::vector<Json> asks;
  for (const char* text : k_texts) asks.push_back({{"sign", text}, {"name", "go.example.org/许可"}});
  const auto answers = test::ask_go("note.go", asks);
  for (size_t i = 0; i < asks.size(); ++i) {
    const std::string vkey = answers[i].at("vkey"), bytes = answers[i].at("note");
    const auto verifier = NoteVerifier::parse(vkey);
    ASSERT_TRUE(verifier) << describe(verifier.error());
    EXPECT_EQ(verifier->vkey(), vkey);
    EXPECT_TRUE(we_open(bytes, *verifier)) << bytes;
    EXPECT_EQ(parse_note(bytes)->text, k_texts[i]);
    EXPECT_EQ(parse_note(bytes)->str(), bytes);
  }
}

// Every bit flipped, every byte left out, doubled, or made a line end. Where we differ, we are the stricter: Go lets
// the last character of a base64 text hold bits that mean nothing.
TEST_F(GoNote, refuses_the_altered_notes_that_we_refuse) {
  const std::string whole = Note{"log\n7\n\nx\n", {signer_.sign("log\n7\n\nx\n").value()}}.str();
  std::vector<std::string> altered = {whole};
  for (size_t at = 0; at < whole.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      altered.push_back(whole);
      altered.back()[at] ^= static_cast<char>(1 << bit);
    }
    altered.push_back(std::string(whole).erase(at, 1));
    altered.push_back(std::string(whole).insert(at, 1, whole[at]));
    altered.push_back(std::string(whole).insert(at, 1, '\n'));
  }
  std::vector<Json> asks;
  for (const std::string& note : altered) asks.push_back(to_open(note, signer_.verifier()));
  const auto answers = test::ask_go("note.go", asks);
  int opened_by_both = 0, opened_by_go_alone = 0;
  for (size_t i = 0; i < altered.size(); ++i) {
    const bool go_opens = !answers[i].contains("refused"), we_do = we_open(altered[i], signer_.verifier());
    EXPECT_FALSE(we_do && !go_opens) << answers[i] << "\n" << altered[i];
    opened_by_both += we_do && go_opens;
    opened_by_go_alone += go_opens && !we_do;
  }
  EXPECT_EQ(opened_by_both, 1) << "the note itself";
  EXPECT_LE(opened_by_go_alone, 4) << "stray bits of one base64 character";
}

}  // namespace
}  // namespace sparkgate
