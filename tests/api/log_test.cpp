// What the world reads of the log: enough to check all of it without trusting the service.
#include <gtest/gtest.h>

#include "certs/note.h"
#include "engine/base/decimal.h"
#include "engine/journal/entry.h"
#include "engine/journal/high_water.h"
#include "engine/journal/merkle.h"
#include "engine/journal/right_edge.h"
#include "tests/support/service.h"

namespace sparkgate {
namespace {

using journal::tile_path;
using test::Got;

class LogApi : public testing::Test {
 protected:
  Got get(const std::string& path, const std::string& login = "") { return service.ask({"GET", path, login}); }
  void publish() { service.clock.advance(seconds(2)); }

  /// A signed checkpoint's text, after its signature was checked with the published keys.
  journal::Checkpoint checked(const std::string& bytes) {
    const auto note = parse_note(bytes);
    const std::string keys = get("/log/vkey").text;
    const auto key = NoteVerifier::parse(keys.substr(0, keys.find('\n')));
    if (!note || !key) throw std::runtime_error("no note or no key: " + bytes + keys);
    const auto by = verified_by(*note, {*key});
    if (!by || by->size() != 1) throw std::runtime_error("not signed: " + bytes);
    return journal::parse_checkpoint(note->text).value();
  }
  journal::Checkpoint published() { return checked(get("/log/checkpoint").text); }

  Got record(const std::string& name) {
    return service.ask(
        {"POST",
         "/api/v1/machines",
         "applicant",
         {{"code", name}, {"kind", "电焊机"}, {"unit", "91500230MADEMA01XB"}, {"inspected_until", "2030-01-31"}}});
  }

  test::Service& service = test::shared_service();
};

TEST_F(LogApi, keys_and_checkpoint_are_public_and_fit_each_other) {
  publish();
  const Got got = get("/log/checkpoint");
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.headers.at("Cache-Control"), "public, max-age=1");
  EXPECT_EQ(published().origin, "sparkgate.local");
  EXPECT_EQ(published().size, static_cast<uint64_t>(service.entries()));
}

TEST_F(LogApi, the_tree_is_made_again_from_its_tiles_and_its_entries) {
  publish();
  const journal::Checkpoint checkpoint = published();
  journal::RightEdge from_tiles, from_entries;
  std::vector<journal::FullTile> completed;
  for (uint64_t at = 0; at < checkpoint.size; at += 256) {
    const int width = static_cast<int>(std::min<uint64_t>(256, checkpoint.size - at));
    const Got tile = get("/log/tile/" + tile_path({0, at / 256, width}));
    ASSERT_EQ(tile.status, 200);
    EXPECT_EQ(tile.headers.at("Cache-Control"), "public, max-age=31536000, immutable");
    ASSERT_EQ(tile.text.size(), static_cast<size_t>(width) * 32);
    for (int i = 0; i < width; ++i) {
      Digest hash;
      std::copy_n(tile.text.begin() + i * 32, 32, hash.begin());
      from_tiles.append(hash, completed);
    }
    const Got bundle = get("/log/tile/" + tile_path({journal::TileName::k_entries, at / 256, width}), "auditor");
    ASSERT_EQ(bundle.status, 200);
    EXPECT_EQ(bundle.headers.at("Cache-Control"), "private, max-age=31536000, immutable") << "not for shared caches";
    const auto entries = journal::parse_entry_bundle(bundle.text).value();
    for (const auto& entry : entries) {
      from_entries.append(journal::leaf_hash(entry), completed);
    }
  }
  EXPECT_EQ(from_tiles.root(), checkpoint.root);
  EXPECT_EQ(from_entries.root(), checkpoint.root);
}

TEST_F(LogApi, entries_are_an_auditor_s_to_read) {
  publish();
  EXPECT_EQ(get("/log/tile/entries/000.p/1").status, 401);
  EXPECT_EQ(get("/log/tile/entries/000.p/1", "applicant").code(), "role_required");
  EXPECT_EQ(get("/log/tile/entries/000.p/1", "auditor").status, 200);
}

TEST_F(LogApi, what_is_no_tile_of_the_published_tree_is_not_there) {
  publish();
  const uint64_t size = published().size;
  for (const std::string& path :
       {"0/000.p/" + std::to_string(size % 256 + 1), std::string("0/x000/000"), std::string("0/999"),
        std::string("1/000"), std::string("64/000"), std::string("0/000.p/0"), std::string("0//000"),
        std::string("0/000/"), std::string("x"), std::string("0/x018/x446/x744/x073/x709/x551/615")}) {
    EXPECT_EQ(get("/log/tile/" + path).status, 404) << path;
  }
}

TEST_F(LogApi, a_receipt_s_entry_is_proved_at_once_and_by_every_later_checkpoint) {
  const Got got = record("LOG-1");
  ASSERT_EQ(got.status, 201) << got.text;
  const Json& receipt = got.body.at("receipt");
  const auto index = receipt.at("index").get<uint64_t>();
  Digest leaf;
  const std::string bytes = from_hex(text_of(receipt, "leaf")).value();
  std::copy(bytes.begin(), bytes.end(), leaf.begin());
  const journal::Checkpoint first = checked(text_of(receipt, "checkpoint"));
  EXPECT_EQ(first.origin, text_of(receipt, "origin"));
  EXPECT_GT(first.size, index);
  const auto proves = [&](const std::string& path) {
    const Got file = get(path);
    EXPECT_EQ(file.status, 200) << path << file.text;
    const auto proof = journal::parse_proof_file(file.text).value();
    const journal::Checkpoint checkpoint = checked(proof.checkpoint);
    EXPECT_EQ(proof.index, index);
    EXPECT_TRUE(journal::verify_inclusion(index, checkpoint.size, leaf, proof.proof, checkpoint.root)) << path;
    return checkpoint.size;
  };
  const std::string path = "/log/proof/" + std::to_string(index);
  EXPECT_EQ(proves(path), first.size) << "before it is published";
  record("LOG-2"), record("LOG-3");
  publish();
  EXPECT_EQ(proves(path), published().size);
  EXPECT_EQ(proves(path + "?size=" + std::to_string(first.size)), first.size);
  EXPECT_EQ(proves(path + "?size=" + std::to_string(first.size + 1)), first.size + 1) << "signed for the asking";
  for (const std::string& wrong : {std::to_string(index), std::to_string(published().size + 1), std::string("0")}) {
    EXPECT_EQ(get(path + "?size=" + wrong).status, 404) << wrong;
  }
  EXPECT_EQ(get(path + "?size=x").code(), "parameter_invalid");
  EXPECT_EQ(get("/log/proof/" + std::to_string(published().size)).status, 404);
  EXPECT_EQ(get("/log/proof/01").status, 404);
}

TEST(LogService, a_service_that_was_rolled_back_reads_on_and_says_what_holds_it) {
  test::Service service;
  service.restart([&] {
    auto mark = journal::HighWater::open(service.data() / "high_water");
    ASSERT_TRUE(mark && mark->mark());
    journal::Mark ahead = *mark->mark();
    ahead.size += 5;
    ASSERT_TRUE(mark->write(ahead));
  });
  EXPECT_EQ(service.ask({"GET", "/readyz", ""}).body.at("reasons"), Json({"log_behind_mark"}));
  EXPECT_EQ(service.ask({"GET", "/api/v1/machines", "auditor"}).status, 200);
  EXPECT_EQ(service.ask({"GET", "/log/checkpoint", ""}).code(), "log_behind_mark");
  const Got refused = service.ask(
      {"POST",
       "/api/v1/machines",
       "applicant",
       {{"code", "X-1"}, {"kind", "电焊机"}, {"unit", "91500230MADEMA01XB"}, {"inspected_until", "2030-01-31"}}});
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.code(), "log_behind_mark");
  EXPECT_NE(refused.text.find("sparkgate log continue"), std::string::npos) << "the way on is named";
  // The way on: a new origin; the old log stays provable.
  ASSERT_TRUE(admin::continue_log(service.app().engine(), "sparkgate.local-2", [&](const std::string& origin) {
    return service.app().log_keys().vkeys(origin);
  }));
  EXPECT_EQ(service.ask({"GET", "/readyz", ""}).status, 200);
  service.clock.advance(seconds(2));
  const Got now = service.ask({"GET", "/log/checkpoint", ""}),
            before = service.ask({"GET", "/log/closed/0/checkpoint", ""});
  EXPECT_EQ(now.text.substr(0, now.text.find('\n')), "sparkgate.local-2");
  EXPECT_EQ(before.text.substr(0, before.text.find('\n')), "sparkgate.local");
  EXPECT_EQ(service.ask({"GET", "/log/closed/0/proof/0", ""}).status, 200);
  EXPECT_EQ(service.ask({"GET", "/log/closed/0/tile/0/000.p/1", ""}).status, 200);
  EXPECT_EQ(service.ask({"GET", "/log/closed/1/checkpoint", ""}).status, 404) << "it is not closed";
  EXPECT_EQ(service.ask({"GET", "/log/vkey", ""}).text.substr(0, 18), "sparkgate.local-2+");
}

}  // namespace
}  // namespace sparkgate
