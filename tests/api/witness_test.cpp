// The witness: each answer of C2SP tlog-witness, and that what it cosigned is never forgotten.
#include "api/witness/witness.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "engine/base/codes.h"
#include "engine/base/json.h"
#include "tests/support/fake_clock.h"
#include "tests/support/files.h"
#include "tests/support/growing_log.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {
namespace {

using api::Request;
using api::Response;
using api::Witness;

class WitnessTest : public testing::Test {
 protected:
  WitnessTest() { open(); }
  void open() {
    witness.reset();
    auto opened = Witness::open({folder.path(), {log.key()}}, witness_signer("witness.example"), clock);
    if (!opened) throw std::runtime_error(describe(opened.error()));
    witness = std::move(*opened);
  }
  Response ask(const std::string& method, const std::string& path, const std::string& body = "") {
    Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    return witness->handle(request);
  }
  Response add(uint64_t old, journal::Proof proof, const std::string& note) {
    return ask("POST", "/add-checkpoint", journal::add_checkpoint_text({old, std::move(proof), note}));
  }
  Response grow(uint64_t old, uint64_t size) { return add(old, log.proof(old, size), log.note(size)); }
  size_t files() const {
    return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(folder.path()), {}));
  }

  TempFolder folder;
  FakeClock clock;
  const GrowingLog log;
  const NoteVerifier key = witness_signer("witness.example").verifier();
  std::unique_ptr<Witness> witness;
};

std::string answer_of(const Response& response) {
  if (response.status == 200) return "cosigned";
  if (response.content_type == journal::k_size_type) return response.body;
  return text_of(parse_json(response.body).value_or(Json::object()), "code");
}

TEST_F(WitnessTest, cosigns_what_grew_out_of_what_it_cosigned_before) {
  uint64_t before = 0;
  for (const uint64_t size : {1, 2, 7, 8, 8, 300, 511}) {
    const Response response = grow(before, size);
    ASSERT_EQ(response.status, 200) << size << ": " << response.body;
    const auto note = parse_note(log.note(size) + response.body);
    ASSERT_TRUE(note) << response.body;
    const auto by = verified_by(*note, {log.key(), key});
    ASSERT_TRUE(by) << response.body;
    EXPECT_EQ(by->size(), 2u) << size;
    EXPECT_EQ(cosigned_at(note->signatures.back()), clock.wall());
    before = size;
    clock.advance(seconds(10));
  }
}

// What is sent to a witness that has cosigned 8 entries (or none), and what it must say.
TEST_F(WitnessTest, answers_as_the_protocol_says) {
  const GrowingLog other("elsewhere.example/log"), forked(log.origin(), "another history ");
  const auto good = [this](uint64_t from, uint64_t to) { return log.proof(from, to); };
  const auto flipped = [&](uint64_t from, uint64_t to) {
    auto proof = good(from, to);
    proof.back()[0] ^= 1;
    return proof;
  };
  const auto longer = [&](uint64_t from, uint64_t to) {
    auto proof = good(from, to);
    proof.push_back({});
    return proof;
  };
  std::string wrongly_signed = log.note(12);
  const size_t digit = wrongly_signed.find("\n12\n");
  wrongly_signed.replace(digit, 4, "\n13\n");
  const std::string unsigned_note = Note{journal::checkpoint_text(log.checkpoint(12)), {}}.str();
  std::string by_a_stranger = GrowingLog("stranger").note(12);
  by_a_stranger = journal::checkpoint_text(log.checkpoint(12)) + by_a_stranger.substr(by_a_stranger.find("\n\n") + 1);

  struct Row {
    const char* what;
    uint64_t old;
    journal::Proof proof;
    std::string note;
    int status;
    std::string answer;
  };
  const Row k_rows[] = {
      {"the same again", 8, {}, log.note(8), 200, "cosigned"},
      {"stale: nothing known", 0, {}, log.note(12), 409, "8\n"},
      {"stale: an older size", 4, good(4, 12), log.note(12), 409, "8\n"},
      {"stale: a size it has not seen", 9, good(9, 12), log.note(12), 409, "8\n"},
      {"a log that went back", 0, {}, log.note(5), 409, "8\n"},
      {"a log that went back to nothing", 0, {}, log.note(0), 409, "8\n"},
      {"another root at the same size", 8, {}, forked.note(8), 409, "8\n"},
      {"another history", 8, forked.proof(8, 12), forked.note(12), 422, "checkpoint_inconsistent"},
      {"a flipped proof", 8, flipped(8, 12), log.note(12), 422, "checkpoint_inconsistent"},
      {"a proof too long", 8, longer(8, 12), log.note(12), 422, "checkpoint_inconsistent"},
      {"a proof of the same size", 8, longer(8, 8), log.note(8), 422, "checkpoint_inconsistent"},
      {"no proof", 8, {}, log.note(12), 422, "checkpoint_inconsistent"},
      {"an old size beyond the checkpoint", 13, {}, log.note(12), 400, "old_size_beyond"},
      {"a log that it does not know", 0, {}, other.note(12), 404, "origin_unknown"},
      {"a note without signature lines", 8, good(8, 12), unsigned_note, 400, "add_checkpoint_malformed"},
      {"a signature of a stranger", 8, good(8, 12), by_a_stranger, 403, "checkpoint_unsigned"},
      {"a signature over something else", 8, good(8, 12), wrongly_signed, 403, "checkpoint_unsigned"},
      {"no note", 8, {}, "good morning\n", 400, "add_checkpoint_malformed"},
      {"a note that is no checkpoint", 8, {}, "hello\n\n— a AAAAAAA=\n", 400, "add_checkpoint_malformed"},
  };
  grow(0, 8);
  for (const Row& row : k_rows) {
    const Response response = add(row.old, row.proof, row.note);
    EXPECT_EQ(response.status, row.status) << row.what << ": " << response.body;
    EXPECT_EQ(answer_of(response), row.answer) << row.what;
  }
  EXPECT_EQ(grow(8, 12).status, 200) << "nothing of all that changed what it knows";
}

TEST_F(WitnessTest, refuses_malformed_requests) {
  const std::string hash = base64(std::string(32, 'x')) + "\n";
  std::string many = "old 8\n";
  for (int i = 0; i < 64; ++i) many += hash;
  for (const std::string& body :
       {std::string(), std::string("\n"), std::string("old\n\n"), "new 0\n\n" + log.note(1), "old 00\n\n" + log.note(1),
        "old -1\n\n" + log.note(1), "old 0 \n\n" + log.note(1), "old 18446744073709551616\n\n" + log.note(1),
        "old 0\n" + log.note(1), "old 1\n" + hash.substr(1) + "\n" + log.note(2), many + "\n" + log.note(9),
        std::string("old 0\n\n"), "old 0\r\n\r\n" + log.note(1)}) {
    const Response response = ask("POST", "/add-checkpoint", body);
    EXPECT_EQ(response.status, 400) << body.substr(0, 40);
    EXPECT_EQ(answer_of(response), "add_checkpoint_malformed") << body.substr(0, 40);
  }
}

TEST_F(WitnessTest, starts_a_log_at_any_size_without_a_proof) {
  EXPECT_EQ(add(0, {Digest{}}, log.note(300)).status, 422);
  EXPECT_EQ(grow(0, 300).status, 200);
}

TEST_F(WitnessTest, cosigns_the_empty_tree_and_still_knows_nothing) {
  EXPECT_EQ(grow(0, 0).status, 200);
  EXPECT_EQ(grow(0, 5).status, 200);
  EXPECT_EQ(files(), 2u) << "the lock and one checkpoint";
}

TEST_F(WitnessTest, remembers_over_a_restart) {
  grow(0, 8);
  open();
  EXPECT_EQ(answer_of(grow(0, 12)), "8\n");
  EXPECT_EQ(grow(8, 12).status, 200);
}

TEST_F(WitnessTest, keeps_the_proof_of_two_histories) {
  const GrowingLog forked(log.origin(), "another history ");
  grow(0, 8);
  add(8, {}, forked.note(8));
  open();
  const std::string told = ask("GET", "/").body;
  EXPECT_NE(told.find(forked.note(8)), told.npos) << told;
}

TEST_F(WitnessTest, will_not_start_on_a_state_that_it_cannot_read) {
  grow(0, 8);
  witness.reset();
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
    if (file.path().extension() == ".checkpoint") write_file(file.path(), "office.example/log\n8\n");
  }
  const auto opened = Witness::open({folder.path(), {log.key()}}, witness_signer("witness.example"), clock);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::witness_state_invalid);
}

TEST_F(WitnessTest, owns_its_state_alone) {
  const auto second = Witness::open({folder.path(), {log.key()}}, witness_signer("witness.example"), clock);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::data_in_use);
}

// A cosignature that could not be stored does not leave.
TEST_F(WitnessTest, gives_no_cosignature_that_it_could_forget) {
  grow(0, 8);
  std::filesystem::path state;
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
    if (file.path().extension() == ".checkpoint") state = file.path();
  }
  const auto in_the_way = state.string() + ".new";
  std::filesystem::create_directory(in_the_way);
  const Response response = grow(8, 12);
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(answer_of(response), "file_unwritable");
  std::filesystem::remove(in_the_way);
  EXPECT_EQ(answer_of(grow(0, 12)), "8\n");
}

// Of many that send their checkpoints at once, each that is cosigned grew out of the one before.
TEST_F(WitnessTest, checks_and_remembers_in_one_step) {
  constexpr uint64_t k_sizes = 40;
  std::atomic<int> cosigned = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (uint64_t old = 0, size = 1; size <= k_sizes;) {
          const Response response = grow(old, size);
          cosigned += response.status == 200;
          old = response.status == 200 ? size : std::stoull(response.body);
          size = std::max(size, old) + (response.status == 200 || old >= size ? 1 : 0);
        }
      });
    }
  }
  EXPECT_EQ(answer_of(grow(0, 50)), std::to_string(k_sizes) + "\n");
  EXPECT_GE(cosigned, static_cast<int>(k_sizes));
}

TEST_F(WitnessTest, takes_several_keys_of_one_log) {
  const NoteSigner new_key("office.example/log", NoteKeyKind::ed25519, PrivateKey::generate(KeyType::ed25519));
  witness.reset();
  witness = std::move(
      *Witness::open({folder.path(), {log.key(), new_key.verifier()}}, witness_signer("witness.example"), clock));
  EXPECT_EQ(grow(0, 8).status, 200);
  const std::string text = journal::checkpoint_text(log.checkpoint(12));
  EXPECT_EQ(add(8, log.proof(8, 12), Note{text, {new_key.sign(text).value()}}.str()).status, 200);
}

TEST_F(WitnessTest, tells_what_it_has_seen) {
  EXPECT_EQ(ask("GET", "/").body, key.vkey() + "\n\noffice.example/log\n0\n");
  grow(0, 8);
  const Response told = ask("GET", "/");
  EXPECT_EQ(told.content_type, "text/plain; charset=utf-8");
  EXPECT_TRUE(told.body.starts_with(key.vkey() + "\n\n" + log.note(8))) << told.body;
  EXPECT_EQ(ask("GET", "/add-checkpoint").status, 405);
  EXPECT_EQ(ask("POST", "/").status, 405);
  EXPECT_EQ(ask("GET", "/healthz").status, 404);
}

}  // namespace
}  // namespace sparkgate::test
