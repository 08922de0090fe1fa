// A permit's bundle from its whole life, and what becomes of the verdict when somebody touches it.
#include "workflows/evidence/bundle.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "tests/support/evidence_desk.h"

namespace sparkgate::evidence {
namespace {

using test::archive_of;
using test::EvidenceDesk;
using test::judge;
using test::outcome;
using test::Town;

// One closed permit for all tests: its life costs a while.
struct Shared {
  Town town;
  EvidenceDesk desk{town};
  std::string id;
  Bundle bundle;
  Shared() : id(town.draft()) {
    town.lead(id, "Closed");
    desk.record_heads();
    bundle = desk.bundle(id);
  }
  template <class T>
  std::string judged(const T& changed) const {
    return outcome(judge(archive_of(changed), desk.trust()));
  }
};

const Shared& shared() {
  static const Shared one;
  return one;
}

std::vector<std::string> names_of(const Files& files) {
  std::vector<std::string> out;
  for (const auto& [name, content] : files) {
    if (name != k_manifest) out.push_back(name);
  }
  return out;
}

// The manifest that whoever altered the files would write.
Files with_manifest(Files files) {
  Verdict verdict;
  const auto bundle = bundle_of(files, verdict);
  if (!bundle) return files;
  Json manifest = parse_json(files_of(*bundle).at(std::string(k_manifest))).value();
  Json listed = Json::object();
  for (const auto& [name, content] : files) {
    if (name != k_manifest) listed[name] = {{"sha256", hex(sha256(content))}, {"size", content.size()}};
  }
  manifest["files"] = std::move(listed);
  files[std::string(k_manifest)] = canonical(manifest);
  return files;
}

struct Alteration {
  std::string what, file;
  Files files;
};

// Every file flipped at several places, deleted, doubled, cut, emptied, and swapped with its neighbour.
std::vector<Alteration> alterations(const Files& good) {
  std::vector<Alteration> out;
  const auto names = names_of(good);
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string& name = names[i];
    const std::string& content = good.at(name);
    const auto with = [&](const char* what, std::string changed) {
      Files files = good;
      files[name] = std::move(changed);
      out.push_back({what, name, std::move(files)});
    };
    for (const size_t at : {size_t{0}, content.size() / 3, content.size() / 2, content.size() - 1}) {
      std::string flipped = content;
      flipped[at] = static_cast<char>(flipped[at] ^ 0x01);
      with("flipped", std::move(flipped));
    }
    with("cut", content.substr(0, content.size() / 2));
    with("emptied", "");
    with("doubled", content + content);
    Files without = good;
    without.erase(name);
    out.push_back({"deleted", name, std::move(without)});
    const std::string& other = names[(i + 1) % names.size()];
    Files swapped = good;
    std::swap(swapped[name], swapped[other]);
    out.push_back({"swapped with " + other, name, std::move(swapped)});
  }
  return out;
}

TEST(Bundle, reads_back_as_it_was_written) {
  const Files files = files_of(shared().bundle);
  Verdict verdict;
  const auto again = bundle_of(files, verdict);
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(files_of(*again), files);
  EXPECT_TRUE(verdict.holds(Step::manifest));
}

TEST(Bundle, of_a_whole_life_is_valid) {
  EXPECT_EQ(shared().judged(shared().bundle), "valid complete; timestamp not_checked authority_absent");
  const auto verdict = judge(archive_of(shared().bundle), shared().desk.trust());
  EXPECT_EQ(verdict->subject.at("state"), "Closed");
  EXPECT_EQ(verdict->exit_code(), 0);
}

TEST(Bundle, whatever_is_altered_on_the_way_does_not_fit_the_manifest) {
  size_t count = 0;
  for (const Alteration& alteration : alterations(files_of(shared().bundle))) {
    const std::string verdict = shared().judged(alteration.files);
    EXPECT_TRUE(verdict.starts_with("invalid") && verdict.find("; manifest failed") != verdict.npos)
        << alteration.file << " " << alteration.what << ": " << verdict;
    ++count;
  }
  std::printf("[  COUNT   ] %zu alterations, each found by the manifest\n", count);
}

// Whoever alters a file can write a manifest to it; then the log tells.
TEST(Bundle, whatever_is_forged_does_not_fit_the_log) {
  std::map<std::string, size_t> found;  // by the first step that fails
  for (const Alteration& alteration : alterations(files_of(shared().bundle))) {
    const std::string verdict = shared().judged(with_manifest(alteration.files));
    const size_t failed = verdict.find(" failed");  // in content, or, of a slot's proof, in extent
    ASSERT_NE(failed, verdict.npos) << alteration.file << " " << alteration.what << ": " << verdict;
    EXPECT_FALSE(verdict.starts_with("valid complete")) << verdict;
    const size_t from = verdict.rfind("; ", failed) + 2;
    ++found[verdict.substr(from, failed - from)];
  }
  for (const auto& [step, count] : found) std::printf("[  COUNT   ] %zu found by %s\n", count, step.c_str());
}

TEST(Bundle, every_byte_of_the_manifest_counts) {
  Files files = files_of(shared().bundle);
  const std::string good = files.at(std::string(k_manifest));
  for (size_t at = 0; at < good.size(); at += 7) {
    files[std::string(k_manifest)] = good;
    files[std::string(k_manifest)][at] ^= 0x01;
    const std::string verdict = shared().judged(files);
    EXPECT_TRUE(verdict == "unusable" || verdict.find("failed") != verdict.npos) << at << ": " << verdict;
  }
}

TEST(Bundle, of_another_log_or_without_its_key_is_not_believed) {
  Town other(2);
  Trust stranger = shared().desk.trust();
  stranger.logs = {EvidenceDesk(other).log_key()};  // of the same name
  const std::string archive = archive_of(shared().bundle);
  const std::string unsigned_log = "invalid not_shown; log_signature failed checkpoint_unsigned";
  EXPECT_TRUE(outcome(judge(archive, stranger)).starts_with(unsigned_log)) << outcome(judge(archive, stranger));
  stranger.logs.clear();
  EXPECT_TRUE(outcome(judge(archive, stranger)).starts_with(unsigned_log));
}

TEST(Bundle, witnesses_count_by_name_and_must_be_enough) {
  Town other(2);
  Trust trust = shared().desk.trust();
  const std::string archive = archive_of(shared().bundle);
  const auto says = [&](const char* what) { return outcome(judge(archive, trust)).find(what) != std::string::npos; };
  EXPECT_FALSE(says("witnesses"));
  trust.witnesses.push_back(EvidenceDesk(other).witness_keys().front());  // a key that nobody here has
  trust.witnesses_needed = 4;
  EXPECT_TRUE(says("witnesses failed witnessed witnesses_too_few"));
  trust.witnesses.push_back(trust.witnesses.front());  // the same twice is one
  EXPECT_TRUE(says("witnesses_too_few"));
  trust.witnesses_needed = 3;
  EXPECT_FALSE(says("witnesses"));
  trust.witnesses.clear();
  EXPECT_TRUE(says("witnesses not_checked"));
}

TEST(Bundle, keeps_its_structure_when_personal_parts_are_left_out) {
  const Bundle bundle = shared().desk.bundle(shared().id, Wanted{false});
  const std::string verdict = shared().judged(bundle);
  EXPECT_TRUE(verdict.starts_with("structure_valid complete")) << verdict;
  EXPECT_NE(verdict.find("payloads erased payloads_fit personal_withheld"), verdict.npos) << verdict;
}

TEST(Bundle, keeps_its_structure_when_the_retention_has_ended) {
  Town town;
  EvidenceDesk desk(town);
  const std::string id = town.draft();
  town.lead(id, "Closed");
  town.clock.advance(hours(24) * (3 * 365 + 1));
  ASSERT_TRUE(town.engine().tick());
  const std::string verdict = outcome(judge(archive_of(desk.bundle(id)), desk.trust()));
  EXPECT_TRUE(verdict.starts_with("structure_valid complete")) << verdict;
  EXPECT_NE(verdict.find("payloads erased payloads_fit personal_erased"), verdict.npos) << verdict;
}

// -- completeness: nothing is forged, something is missing

Bundle without_newest(Bundle bundle) {
  auto& entries = bundle.chains["entries"];
  entries.erase(std::prev(entries.end()));
  return bundle;
}

TEST(Bundle, that_lacks_its_newest_entry_is_genuine_but_incomplete) {
  const std::string verdict = shared().judged(without_newest(shared().bundle));
  EXPECT_TRUE(verdict.starts_with("valid incomplete")) << verdict;
  EXPECT_NE(verdict.find("completeness failed entries_cut_off"), verdict.npos) << verdict;
}

TEST(Bundle, that_lacks_the_proof_of_its_end_is_not_shown_to_be_complete) {
  Bundle bundle = without_newest(shared().bundle);
  bundle.slots.clear();
  EXPECT_TRUE(shared().judged(bundle).starts_with("valid incomplete")) << shared().judged(bundle);
  bundle.chains.erase("heads");
  EXPECT_TRUE(shared().judged(bundle).starts_with("valid not_shown")) << shared().judged(bundle);
}

TEST(Bundle, of_a_closed_permit_is_complete_by_itself) {
  Bundle bundle = shared().bundle;
  bundle.slots.clear();
  bundle.chains.erase("heads");
  EXPECT_TRUE(shared().judged(bundle).starts_with("valid complete")) << shared().judged(bundle);
}

TEST(Bundle, of_a_permit_under_way_is_complete_as_of_the_newest_heads) {
  Town town;
  EvidenceDesk desk(town);
  const std::string id = town.draft();
  const auto judged = [&] { return judge(archive_of(desk.bundle(id)), desk.trust()); };
  EXPECT_TRUE(outcome(judged()).starts_with("valid complete")) << outcome(judged());  // it is newer than the heads
  desk.record_heads();
  const Json as_of = judged()->subject.at("complete_as_of");
  town.must("applicant", id, "submit");
  EXPECT_TRUE(outcome(judged()).starts_with("valid complete")) << outcome(judged());
  EXPECT_EQ(judged()->subject.at("complete_as_of"), as_of);
}

TEST(Bundle, holds_what_the_checkpoint_covers_and_no_more) {
  Town town;
  EvidenceDesk desk(town);
  const std::string id = town.draft();
  const SignedCheckpoint before = desk.checkpoint();
  town.must("applicant", id, "submit");
  const Bundle bundle = desk.bundle(id, before);
  EXPECT_EQ(bundle.chain(k_entries).size(), 1u);
  EXPECT_TRUE(outcome(judge(archive_of(bundle), desk.trust())).starts_with("valid complete"));
}

TEST(Bundle, of_every_workflow_verifies) {
  Town town;
  EvidenceDesk desk(town);
  const auto reader = town.engine().read();
  for (const char* name : {"account", "area", "calendar", "certificate", "fire_watch", "machine", "unit", "log"}) {
    ListQuery query;
    query.workflow = name;
    query.limit = 1;
    const auto found = reader->list(query).items;
    ASSERT_EQ(found.size(), 1u) << name;
    const std::string verdict = outcome(judge(archive_of(desk.bundle(found.front()->id)), desk.trust()));
    EXPECT_TRUE(verdict.starts_with("valid complete")) << name << " " << verdict;
  }
}

}  // namespace
}  // namespace sparkgate::evidence
