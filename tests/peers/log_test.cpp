// The log as it is served, read and judged by others: Go's sumdb/note and tlog, which the Go checksum database uses,
// and npm's @sigstore/verify, which reads Rekor.
#include <gtest/gtest.h>

#include "certs/note.h"
#include "engine/journal/checkpoint.h"
#include "engine/journal/tile.h"
#include "tests/support/peers.h"
#include "tests/support/service.h"

namespace sparkgate {
namespace {

using journal::k_tile_width;
using journal::tile_path;
using test::Got;

constexpr int k_records = 300;  // more than a tile

class ServedLog : public testing::Test {
 protected:
  static test::Service& service() {
    static test::Service service;
    return service;
  }

  static std::string get(const std::string& path, const std::string& login = "") {
    const Got got = service().ask({"GET", path, login});
    if (got.status != 200) throw std::runtime_error(path + ": " + got.text);
    return got.text;
  }

  static std::string checkpoint() {
    service().clock.advance(seconds(2));
    return get("/log/checkpoint");
  }

  static void record(int count) {
    static int number = 0;
    for (int n = 0; n < count; ++n) {
      const Json machine = {{"code", "P-" + std::to_string(++number)},
                            {"kind", "电焊机"},
                            {"unit", "91500230MADEMA01XB"},
                            {"inspected_until", "2030-01-31"}};
      if (service().ask({"POST", "/api/v1/machines", "applicant", machine}).status != 201) {
        throw std::runtime_error("not recorded");
      }
    }
  }

  static journal::Checkpoint read(const std::string& note) {
    return journal::parse_checkpoint(parse_note(note).value().text).value();
  }

  static std::vector<std::string> entries(uint64_t size) {
    std::vector<std::string> out;
    for (uint64_t from = 0; from < size; from += k_tile_width) {
      const auto width = static_cast<int>(std::min<uint64_t>(k_tile_width, size - from));
      const std::string path = tile_path({journal::TileName::k_entries, from / k_tile_width, width});
      const auto bundle = journal::parse_entry_bundle(get("/log/tile/" + path, "auditor")).value();
      out.insert(out.end(), bundle.begin(), bundle.end());
    }
    return out;
  }

  // Every hash tile of a tree of that size, by its name.
  static Json tiles(uint64_t size) {
    Json out = Json::object();
    for (int level = 0; size > 0; ++level, size >>= journal::k_tile_height) {
      for (uint64_t from = 0; from < size; from += k_tile_width) {
        const auto width = static_cast<int>(std::min<uint64_t>(k_tile_width, size - from));
        const std::string path = tile_path({level, from / k_tile_width, width});
        out[path] = base64(get("/log/tile/" + path));
      }
    }
    return out;
  }

  static std::string vkey() {
    const std::string keys = get("/log/vkey");
    return keys.substr(0, keys.find('\n'));
  }
};

TEST_F(ServedLog, is_read_whole_by_go_and_grows_consistently) {
  if (const auto why = test::missing_go(); !why.empty()) GTEST_SKIP() << why;
  const std::string old = checkpoint();
  record(k_records);
  const std::string now = checkpoint();
  const uint64_t size = read(now).size;
  ASSERT_GE(size, read(old).size + k_records);
  Json ask = {{"vkey", vkey()}, {"old", old}, {"new", now}, {"tiles", tiles(size)}, {"entries", Json::array()}};
  for (const std::string& entry : entries(size)) ask["entries"].push_back(base64(entry));
  ASSERT_EQ(ask["entries"].size(), size);
  Json altered_entry = ask, altered_tile = ask, forked = ask;
  altered_entry["entries"][7] = base64("{}");
  std::string hashes = from_base64(ask["tiles"]["0/000"].get<std::string>()).value();
  hashes[1000] ^= 1;
  altered_tile["tiles"]["0/000"] = base64(hashes);
  forked["old"] = std::string(old).replace(old.find('\n') + 1, 1, "9");
  const auto answers = test::ask_go("log.go", {ask, altered_entry, altered_tile, forked});
  EXPECT_EQ(answers[0], (Json{{"entries", size}, {"consistent", true}}));
  EXPECT_EQ(answers[1], (Json{{"entries", size - 1}, {"consistent", true}}));
  const bool sees_altered_tile = answers[2].contains("refused") || answers[2]["entries"] < size;
  EXPECT_TRUE(sees_altered_tile) << "neither the tile nor a proof from it is found wrong: " << answers[2];
  EXPECT_TRUE(answers[3].contains("refused")) << answers[3];
}

// What @sigstore/verify is asked of the entry's proof, as the service gives it.
Json to_sigstore(const std::string& proof_text, const std::string& entry, const NoteVerifier& key) {
  const auto file = journal::parse_proof_file(proof_text).value();
  const auto note = parse_note(file.checkpoint).value();
  const auto checkpoint = journal::parse_checkpoint(note.text).value();
  // An Ed25519 SubjectPublicKeyInfo (RFC 8410) is this and the key.
  const std::string prefix = from_hex("302a300506032b6570032100").value();
  const std::string vkey = key.vkey();
  const std::string typed = from_base64(vkey.substr(vkey.find('+', key.name().size() + 1) + 1)).value();
  const uint32_t id = key.key_id();
  std::string hint;
  for (const int shift : {24, 16, 8, 0}) hint += static_cast<char>(id >> shift & 0xFF);
  Json hashes = Json::array();
  for (const Digest& hash : file.proof) hashes.push_back(base64(bytes_of(hash)));
  return {{"key", base64(prefix + typed.substr(1))},
          {"hint", base64(hint)},
          {"checkpoint", file.checkpoint},
          {"entry", base64(entry)},
          {"index", std::to_string(file.index)},
          {"size", std::to_string(checkpoint.size)},
          {"root", base64(bytes_of(checkpoint.root))},
          {"hashes", hashes}};
}

TEST_F(ServedLog, is_verified_entry_by_entry_by_sigstore) {
  if (const auto why = test::missing_npm("@sigstore/verify"); !why.empty()) GTEST_SKIP() << why;
  record(1);
  const uint64_t size = read(checkpoint()).size;
  const auto key = NoteVerifier::parse(vkey()).value();
  std::vector<Json> asks;
  const auto all = entries(size);
  for (uint64_t i = 0; i < size; ++i) asks.push_back(to_sigstore(get("/log/proof/" + std::to_string(i)), all[i], key));
  Json altered_entry = asks[3], altered_note = asks[3];
  altered_entry["entry"] = base64("{}");
  const std::string note = altered_note["checkpoint"];
  altered_note["checkpoint"] = std::string(note).replace(note.find('\n') + 1, 1, "9");
  asks.insert(asks.end(), {altered_entry, altered_note});
  const auto answers = test::ask_node("sigstore.js", asks);
  for (uint64_t i = 0; i < size; ++i) EXPECT_EQ(answers[i], (Json{{"checkpoint", true}, {"inclusion", true}})) << i;
  EXPECT_EQ(answers[size], (Json{{"checkpoint", true}, {"inclusion", false}}));
  EXPECT_EQ(answers[size + 1], (Json{{"checkpoint", false}, {"inclusion", true}}));
}

}  // namespace
}  // namespace sparkgate
