// RFC 9162's trees against its own recursive definitions, and against the vectors of others.
#include "engine/journal/merkle.h"

#include <gtest/gtest.h>

#include <bit>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/json.h"
#include "engine/journal/entry.h"

namespace sparkgate::journal {
namespace {

const std::filesystem::path k_vectors = std::filesystem::path(SOURCE_DIR) / "../shared/vectors";
using Leaves = std::span<const Digest>;

// RFC 9162, 2.1.1: MTH.
Digest naive_root(Leaves leaves) {
  if (leaves.empty()) return sha256("");
  if (leaves.size() == 1) return leaves[0];
  const size_t k = std::bit_floor(leaves.size() - 1);
  return node_hash(naive_root(leaves.first(k)), naive_root(leaves.subspan(k)));
}

// 2.1.3.1: PATH.
Proof naive_path(size_t m, Leaves leaves) {
  if (leaves.size() == 1) return {};
  const size_t k = std::bit_floor(leaves.size() - 1);
  Proof proof = m < k ? naive_path(m, leaves.first(k)) : naive_path(m - k, leaves.subspan(k));
  proof.push_back(naive_root(m < k ? leaves.subspan(k) : leaves.first(k)));
  return proof;
}

// 2.1.4.1: SUBPROOF.
Proof naive_subproof(size_t m, Leaves leaves, bool known) {
  if (m == leaves.size()) return known ? Proof{} : Proof{naive_root(leaves)};
  const size_t k = std::bit_floor(leaves.size() - 1);
  Proof proof = m <= k ? naive_subproof(m, leaves.first(k), known) : naive_subproof(m - k, leaves.subspan(k), false);
  proof.push_back(naive_root(m <= k ? leaves.subspan(k) : leaves.first(k)));
  return proof;
}

std::vector<Digest> numbered_leaves(size_t count) {
  std::vector<Digest> out;
  for (size_t i = 0; i < count; ++i) out.push_back(leaf_hash(std::to_string(i)));
  return out;
}

Subtrees subtrees_of(const std::vector<Digest>& leaves) {
  return [&leaves](int level, uint64_t number) {
    return naive_root(Leaves(leaves).subspan(number << level, size_t{1} << level));
  };
}

constexpr size_t k_sizes = 70;

TEST(Merkle, roots_are_those_of_the_recursive_definition) {
  const auto leaves = numbered_leaves(k_sizes);
  for (size_t n = 0; n <= k_sizes; ++n) EXPECT_EQ(root_of(n, subtrees_of(leaves)), naive_root(Leaves(leaves).first(n)));
}

TEST(Merkle, inclusion_proofs_are_those_of_the_recursive_definition_and_verify_for_their_leaf_alone) {
  const auto leaves = numbered_leaves(k_sizes + 1);
  for (size_t n = 1; n <= k_sizes; ++n) {
    const Digest root = naive_root(Leaves(leaves).first(n));
    for (size_t i = 0; i < n; ++i) {
      const Proof proof = inclusion_proof(i, n, subtrees_of(leaves));
      ASSERT_EQ(proof, naive_path(i, Leaves(leaves).first(n))) << i << " of " << n;
      for (size_t other = 0; other <= k_sizes; ++other) {
        EXPECT_EQ(verify_inclusion(other, n, leaves[other], proof, root), other == i) << other << " for " << i;
        EXPECT_EQ(verify_inclusion(i, n, leaves[other], proof, root), other == i);
        EXPECT_EQ(verify_inclusion(other, n, leaves[i], proof, root), other == i) << other << " for " << i;
      }
    }
  }
}

TEST(Merkle, consistency_proofs_are_those_of_the_recursive_definition_and_verify_for_their_trees_alone) {
  const auto leaves = numbered_leaves(k_sizes);
  std::vector<Digest> roots;
  for (size_t n = 0; n <= k_sizes; ++n) roots.push_back(naive_root(Leaves(leaves).first(n)));
  for (size_t n = 1; n <= k_sizes; ++n) {
    for (size_t m = 1; m <= n; ++m) {
      const Proof proof = consistency_proof(m, n, subtrees_of(leaves));
      ASSERT_EQ(proof, naive_subproof(m, Leaves(leaves).first(n), true)) << m << " to " << n;
      EXPECT_TRUE(verify_consistency(m, n, roots[m], roots[n], proof)) << m << " to " << n;
      EXPECT_FALSE(verify_consistency(m, n, roots[m - 1], roots[n], proof)) << m << " to " << n;
      EXPECT_FALSE(verify_consistency(m, n, roots[m], roots[n - 1], proof)) << m << " to " << n;
    }
  }
}

TEST(Merkle, proofs_with_anything_altered_missing_or_added_fail) {
  const auto leaves = numbered_leaves(k_sizes);
  const Digest from_root = naive_root(Leaves(leaves).first(21)), root = naive_root(leaves);
  const auto holds = [&](const Proof& inclusion, const Proof& consistency) {
    return verify_inclusion(20, k_sizes, leaves[20], inclusion, root) ||
           verify_consistency(21, k_sizes, from_root, root, consistency);
  };
  const Proof inclusion = inclusion_proof(20, k_sizes, subtrees_of(leaves));
  const Proof consistency = consistency_proof(21, k_sizes, subtrees_of(leaves));
  ASSERT_TRUE(holds(inclusion, {}) && holds({}, consistency));
  const auto alter = [&](auto change) {
    for (size_t i = 0; i < std::min(inclusion.size(), consistency.size()); ++i) {
      Proof a = inclusion, b = consistency;
      change(a, i), change(b, i);
      EXPECT_FALSE(holds(a, b)) << "at " << i;
    }
  };
  alter([](Proof& proof, size_t i) { proof[i][31] ^= 1; });
  alter([](Proof& proof, size_t i) { proof.erase(proof.begin() + static_cast<ptrdiff_t>(i)); });
  alter([](Proof& proof, size_t i) { proof.insert(proof.begin() + static_cast<ptrdiff_t>(i), Digest{}); });
  alter([](Proof& proof, size_t i) { proof.resize(i); });
  alter([&](Proof& proof, size_t i) { proof.insert(proof.end(), i + 1, root); });
}

TEST(Merkle, sizes_at_the_end_of_their_type_and_endless_proofs_give_a_plain_no) {
  const Digest some = sha256("some");
  for (const size_t length : {size_t{0}, size_t{1}, k_max_proof, size_t{64}, size_t{65}, size_t{100'000}}) {
    const Proof proof(length, some);
    for (const uint64_t n : {uint64_t{0}, uint64_t{1}, uint64_t{2}, uint64_t{1} << 63, UINT64_MAX - 1, UINT64_MAX}) {
      for (const uint64_t m : {uint64_t{0}, n / 2, n - 1, n}) {
        EXPECT_FALSE(verify_inclusion(m, n, sha256("a"), proof, sha256("b")));
        EXPECT_FALSE(verify_consistency(m, n, sha256("a"), sha256("b"), proof));
      }
    }
  }
}

TEST(Merkle, the_worked_example_of_three_hundred_entries_has_its_root) {
  const auto leaves = numbered_leaves(300);
  EXPECT_EQ(base64(bytes_of(root_of(300, subtrees_of(leaves)))), "hOE+weA3FVrmGXV1mbLNIa2lpWXg/ZsxOcDDxsG4rak=");
}

Json read_json(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return Json::parse(text.str());
}

TEST(Merkle, reference_leaves_of_rfc6962_have_their_hashes_and_roots) {
  const auto file = k_vectors / "rfc6962-tree/tree.json";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "the public vectors are not at ../shared/vectors/rfc6962-tree";
  const Json tree = read_json(file);
  std::vector<Digest> leaves;
  for (size_t i = 0; i < tree["leaf_inputs_hex"].size(); ++i) {
    leaves.push_back(leaf_hash(*from_hex(tree["leaf_inputs_hex"][i].get<std::string>())));
    EXPECT_EQ(hex(leaves[i]), tree["leaf_hashes_hex"][i]);
  }
  for (size_t n = 0; n <= leaves.size(); ++n) {
    EXPECT_EQ(hex(root_of(n, subtrees_of(leaves))), tree["root_hashes_hex_by_size"][n]);
  }
}

// Some probes have hashes of other lengths: shorter ones are filled up with zeros, empty and longer ones cannot be
// written at all.
struct Probe {
  Json json;
  bool can_be_written = true;

  Digest digest(const Json& text) {
    const auto bytes = text.is_null() ? std::string() : from_base64(text.get<std::string>()).value();
    Digest out{};
    can_be_written = can_be_written && !bytes.empty() && bytes.size() <= out.size();
    std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
    return out;
  }
  Digest hash(const char* member) { return digest(json[member]); }
  Proof proof() {
    Proof out;
    for (const auto& item : json["proof"]) out.push_back(digest(item));
    return out;
  }
  uint64_t number(const char* member) { return json[member].get<uint64_t>(); }
};

// Runs each probe of a folder; gives how many there were.
int run_probes(const std::filesystem::path& folder, const std::function<bool(Probe&)>& accepts) {
  int count = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    Probe probe{read_json(file.path())};
    const bool accepted = accepts(probe) && probe.can_be_written;
    EXPECT_EQ(accepted, !probe.json["wantErr"].get<bool>()) << file.path() << ": " << probe.json["desc"];
    ++count;
  }
  return count;
}

TEST(Merkle, every_public_inclusion_probe_is_judged_rightly) {
  const auto folder = k_vectors / "merkle/testdata/inclusion";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the public vectors are not at ../shared/vectors/merkle";
  EXPECT_EQ(98, run_probes(folder, [](Probe& p) {
              return verify_inclusion(p.number("leafIdx"), p.number("treeSize"), p.hash("leafHash"), p.proof(),
                                      p.hash("root"));
            }));
}

TEST(Merkle, every_public_consistency_probe_is_judged_rightly) {
  const auto folder = k_vectors / "merkle/testdata/consistency";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the public vectors are not at ../shared/vectors/merkle";
  EXPECT_EQ(98, run_probes(folder, [](Probe& p) {
              return verify_consistency(p.number("size1"), p.number("size2"), p.hash("root1"), p.hash("root2"),
                                        p.proof());
            }));
}

}  // namespace
}  // namespace sparkgate::journal
