// What is personal goes, its entries stay: chain, replay and log verify as before.
#include "engine/base/codes.h"
#include "tests/support/files.h"
#include "tests/support/log_rig.h"

namespace sparkgate::test {
namespace {

class Erase : public LogRig {
 protected:
  std::string bytes_on_disk() {
    engine.reset();
    std::string out;
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) out += content_of(file.path());
    open();
    return out;
  }
};

TEST_F(Erase, leaves_entries_that_verify_and_replay_without_what_was_personal) {
  const std::string id = open_one({{"amount", 3}, {"personal", {{"phone", "13900001111"}}}, {"secrets", {{"s", "x"}}}});
  must(to_counter(id, "note", {{"notices", {{{"role", "counter"}, {"code", "hello"}}}}, {"with", {"person-ben"}}}));
  const auto before = entries(id);
  Command command = to_counter(id, "note", {{"erase", true}});
  command.actor = a_person("eve");
  const Receipt receipt = must(command);
  expect_covered(receipt);
  const auto after = entries(id);
  ASSERT_EQ(after.size(), 3u);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_FALSE(after[i].personal) << i;
    EXPECT_EQ(after[i].bytes, before[i].bytes);
    EXPECT_EQ(after[i].personal_digest, before[i].personal_digest);
    EXPECT_EQ(after[i].facts.json, before[i].facts.json);
  }
  EXPECT_TRUE(journal::verify_chain(after));
  const Instance stored = get(id);
  EXPECT_EQ(stored.data["count"], 3) << "facts stay";
  EXPECT_EQ(*stored.personal,
            (Json{{"people", {{"p3", {{"account", "account-eve"}, {"name", "eve"}, {"person", "person-eve"}}}}}}))
      << "who erased it is known, under a name that nobody else had";
  const auto replayed = replay(*registry.find("counter"), after);
  ASSERT_TRUE(replayed) << describe(replayed.error());
  EXPECT_EQ(whole(*replayed), whole(stored));
  EXPECT_EQ(engine->read()->secret(id, "s"), std::nullopt);
  EXPECT_TRUE(engine->read()->notices(a_person("ann"), INT64_MAX, 10).empty());
  expect_whole_log();
}

// The same entry in a copy that still has the personal parts leads to the same state.
TEST_F(Erase, is_replayed_from_the_entry_where_the_parts_are_still_there) {
  const std::string id = open_one({{"personal", {{"phone", "13900001111"}}}});
  const auto with_parts = entries(id);
  must(to_counter(id, "note", {{"erase", true}}));
  auto mixed = entries(id);
  mixed[0] = with_parts[0];
  const auto replayed = replay(*registry.find("counter"), mixed);
  ASSERT_TRUE(replayed);
  EXPECT_EQ(*replayed->personal, *get(id).personal);
}

TEST_F(Erase, that_is_undone_erases_nothing) {
  const std::string id = open_one({{"personal", {{"phone", "13900001111"}}}});
  EXPECT_NE(refusal_of(to_counter(id, "note", {{"erase", true}, {"refuse", "apply"}})), "");
  for (const char* call : {"erase_personal", "append", "commit"}) {
    writer->before = [&](std::string_view made) {
      if (made == call) throw StoreError(Code::store_failed, "test");
    };
    EXPECT_EQ(refusal_of(to_counter(id, "note", {{"erase", true}})), "store_failed") << call;
    writer->before = [](std::string_view) {};
  }
  EXPECT_TRUE(entries(id)[0].personal);
  EXPECT_EQ(get(id).personal->at("phone"), "13900001111");
}

TEST_F(Erase, leaves_no_byte_of_it_on_the_disk) {
  const std::string phone = "13955556666-unmistakable";
  const std::string id = open_one({{"personal", {{"phone", phone}}}});
  for (int n = 0; n < 50; ++n) open_one();
  ASSERT_NE(bytes_on_disk().find(phone), std::string::npos);
  must(to_counter(id, "note", {{"erase", true}}));
  EXPECT_EQ(bytes_on_disk().find(phone), std::string::npos);
}

}  // namespace
}  // namespace sparkgate::test
