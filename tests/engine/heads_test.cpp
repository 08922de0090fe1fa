#include "engine/heads.h"

#include "tests/support/log_rig.h"

namespace sparkgate::test {
namespace {

class Heads : public LogRig {
 protected:
  HeadsTree heads_at(uint64_t size) { return HeadsTree::read(*engine->read(), log(), size); }
};

TEST_F(Heads, a_slot_s_leaf_is_over_the_canonical_json_of_its_head) {
  const SlotHead head{7, 12, sha256("leaf")};
  const Json json = {{"slot", 7}, {"seq", 12}, {"leaf", hex(head.leaf)}};
  EXPECT_EQ(slot_leaf(head), journal::leaf_hash(canonical(json)));
}

TEST_F(Heads, hold_each_instance_s_newest_entry_as_of_any_size) {
  std::vector<std::string> ids;
  std::vector<std::pair<std::string, Receipt>> story;
  for (int n = 0; n < 120; ++n) {
    const bool is_new = n % 7 == 0;
    const Receipt receipt = must(is_new ? open_counter() : to_counter(ids[n % ids.size()], "note"));
    if (is_new) ids.push_back(receipt.instance);
    story.emplace_back(receipt.instance, receipt);
  }
  for (const uint64_t size : {0u, 1u, 2u, 50u, 119u, 120u}) {
    const HeadsTree tree = heads_at(size);
    std::map<std::string, Receipt> newest;
    for (uint64_t i = 0; i < size; ++i) newest[story[i].first] = story[i].second;
    ASSERT_EQ(tree.slots(), newest.size()) << size;
    for (const auto& [id, receipt] : newest) {
      const auto slot = static_cast<uint64_t>(get(id).slot);
      EXPECT_EQ(tree.head(slot).leaf, receipt.leaf) << size;
      EXPECT_EQ(tree.head(slot).seq, receipt.version - 1) << size;
      EXPECT_TRUE(
          journal::verify_inclusion(slot, tree.slots(), slot_leaf(tree.head(slot)), tree.proof(slot), tree.root()));
    }
  }
}

TEST_F(Heads, a_chain_without_its_newest_entry_has_no_proof) {
  const std::string id = open_one();
  must(to_counter(id, "note"));
  const HeadsTree tree = heads_at(2);
  const SlotHead cut_off{0, 0, entries(id)[0].leaf};
  EXPECT_TRUE(journal::verify_inclusion(0, 1, slot_leaf(tree.head(0)), tree.proof(0), tree.root()));
  EXPECT_FALSE(journal::verify_inclusion(0, 1, slot_leaf(cut_off), tree.proof(0), tree.root()));
}

TEST_F(Heads, reach_back_over_the_border_of_a_continued_log) {
  const std::string id = open_one();
  ASSERT_TRUE(engine->continue_log("test/log-2", [](const Continuation&) { return open_counter(); }));
  const HeadsTree tree = heads_at(1);
  ASSERT_EQ(tree.slots(), 2u);
  EXPECT_EQ(tree.head(0).leaf, get(id).head);
}

}  // namespace
}  // namespace sparkgate::test
