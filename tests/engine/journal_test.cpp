#include "engine/base/codes.h"
#include "tests/support/engine_rig.h"

namespace sparkgate::test {
namespace {

using Chain = EngineRig;

TEST_F(Chain, every_altered_part_of_every_entry_is_found) {
  const std::string id = open_one({{"amount", 1}, {"personal", {{"phone", "139"}}}});
  must(to_counter(id, "add", {{"amount", 2}}, 1));
  must(to_counter(id, "close", {}, 2));
  const auto good = entries(id);
  ASSERT_TRUE(journal::verify_chain(good));
  using Alter = std::function<void(journal::Entry&)>;
  const auto flip = [](auto& bytes) { bytes[bytes.size() / 2] ^= 1; };
  const std::vector<std::pair<const char*, Alter>> alterations = {
      {"bytes", [&](auto& e) { flip(e.bytes); }},
      {"bytes and leaf", [&](auto& e) { flip(e.bytes), e.leaf = journal::leaf_hash(e.bytes); }},
      {"no JSON", [&](auto& e) { e.bytes = "[]", e.leaf = journal::leaf_hash(e.bytes); }},
      {"no members", [&](auto& e) { e.bytes = "{}", e.leaf = journal::leaf_hash(e.bytes); }},
      {"white space", [&](auto& e) { e.bytes += " ", e.leaf = journal::leaf_hash(e.bytes); }},
      {"leaf", [&](auto& e) { flip(e.leaf); }},
      {"facts", [&](auto& e) { flip(e.facts.json); }},
      {"facts' salt", [&](auto& e) { flip(e.facts.salt); }},
      {"personal", [&](auto& e) { flip(e.personal->json); }},
      {"personal salt", [&](auto& e) { flip(e.personal->salt); }},
      {"personal digest", [&](auto& e) { flip(e.personal_digest); }},
      {"personal digest, part erased", [&](auto& e) { e.personal.reset(), flip(e.personal_digest); }},
      {"index", [&](auto& e) { e.index = e.index == 0 ? 9 : 0; }},
  };
  for (const auto& [what, alter] : alterations) {
    for (size_t i = 0; i < good.size(); ++i) {
      auto bad = good;
      alter(bad[i]);
      EXPECT_FALSE(journal::verify_chain(bad)) << what << " of entry " << i;
    }
  }
}

TEST_F(Chain, a_missing_doubled_swapped_or_foreign_entry_is_found) {
  const std::string id = open_one();
  for (int i = 0; i < 3; ++i) must(to_counter(id, "note"));
  const auto good = entries(id);
  const std::string other = open_one();
  must(to_counter(other, "note"));
  for (size_t i = 0; i < good.size(); ++i) {
    auto bad = good;
    bad.erase(bad.begin() + static_cast<ptrdiff_t>(i));
    EXPECT_EQ(journal::verify_chain(bad).has_value(), i + 1 == good.size())
        << "missing " << i << "; the last is not seen";
    bad = good;
    bad.insert(bad.begin() + static_cast<ptrdiff_t>(i), good[i]);
    EXPECT_FALSE(journal::verify_chain(bad)) << "doubled " << i;
    bad = good;
    if (i > 0) std::swap(bad[i - 1], bad[i]);
    EXPECT_EQ(journal::verify_chain(bad).has_value(), i == 0) << "swapped " << i;
    bad = good;
    bad[i] = entries(other)[i == 0 ? 0 : 1];
    EXPECT_FALSE(journal::verify_chain(bad)) << "foreign " << i;
  }
  auto truncated = good;
  truncated.pop_back();
  EXPECT_TRUE(journal::verify_chain(truncated)) << "a chain alone cannot show it";
  EXPECT_NE(replay(*registry.find("counter"), truncated)->head, get(id).head) << "the instance's head can";
}

TEST_F(Chain, an_erased_personal_part_still_verifies_and_replays_to_the_same_facts) {
  const std::string id = open_one({{"amount", 4}, {"personal", {{"phone", "139"}}}});
  must(to_counter(id, "note", {{"personal", {{"phone", "137"}}}}));
  auto erased = entries(id);
  for (auto& entry : erased) entry.personal.reset();
  EXPECT_TRUE(journal::verify_chain(erased));
  const auto replayed = replay(*registry.find("counter"), erased);
  ASSERT_TRUE(replayed);
  EXPECT_EQ(replayed->data, get(id).data);
  EXPECT_EQ(replayed->head, get(id).head);
  EXPECT_TRUE(replayed->personal->empty());
}

TEST_F(Chain, equal_payloads_do_not_look_alike) {
  const std::string id = open_one();
  must(to_counter(id, "note"));
  must(to_counter(id, "note"));
  const auto all = entries(id);
  EXPECT_EQ(all[1].facts.json, all[2].facts.json);
  EXPECT_NE(all[1].facts.digest(), all[2].facts.digest());
  EXPECT_EQ(all[1].facts.salt.size(), 32u);
}

TEST_F(Chain, replay_refuses_entries_that_lead_elsewhere) {
  const std::string id = open_one();
  journal::Head head = *journal::read_head(entries(id)[0]);
  head.to = "Closed";
  const auto forged = journal::make_entry(head, Json::object(), Json::object(), random);
  EXPECT_TRUE(journal::verify_chain({forged}));
  const auto replayed = replay(*registry.find("counter"), {forged});
  ASSERT_FALSE(replayed);
  EXPECT_EQ(replayed.error().code, Code::log_broken);
}

}  // namespace
}  // namespace sparkgate::test
