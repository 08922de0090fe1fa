// A permit's bundle from its whole life, and what becomes of the verdict when somebody touches it.
#include "workflows/evidence/bundle.h"

#include <gtest/gtest.h>

#include "tests/support/sealed_log.h"

namespace sparkgate::evidence {
namespace {

using test::archive_of;
using test::outcome;
using test::SealedLog;
using test::Town;

// One closed permit for all tests: its life costs a while.
struct Shared {
  Town town;
  SealedLog log;
  std::string id;
  Bundle bundle;
  Shared() : id(town.draft()) {
    town.lead(id, "Closed");
    bundle = log.bundle(town, id);
  }
  template <class T>
  std::string judged(const T& changed) const {
    return outcome(verify(archive_of(changed), log.trust(), admin::add_workflows));
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
}

TEST(Bundle, whatever_is_altered_on_the_way_does_not_fit_the_manifest) {
  size_t count = 0;
  for (const Alteration& alteration : alterations(files_of(shared().bundle))) {
    const std::string verdict = shared().judged(alteration.files);
    EXPECT_TRUE(verdict.starts_with("invalid") && verdict.find("; manifest failed") != verdict.npos)
        << alteration.file << " " << alteration.what << ": " << verdict;
    ++count;
  }
  std::cout << "[  COUNT   ] " << count << " alterations, each found by the manifest" << std::endl;
}

// Whoever alters a file can write a manifest to it; then the log tells.
TEST(Bundle, whatever_is_forged_does_not_fit_the_log) {
  std::map<std::string, size_t> found;  // by the first step that fails
  for (const Alteration& alteration : alterations(files_of(shared().bundle))) {
    const std::string verdict = shared().judged(with_manifest(alteration.files));
    EXPECT_TRUE(verdict.starts_with("invalid")) << alteration.file << " " << alteration.what << ": " << verdict;
    const size_t failed = verdict.find(" failed");
    const size_t from = verdict.rfind("; ", failed) + 2;
    ++found[verdict.substr(from, failed - from)];
  }
  for (const auto& [step, count] : found) std::cout << "[  COUNT   ] " << count << " found by " << step << std::endl;
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
  Trust stranger = shared().log.trust();
  stranger.logs = {SealedLog("test/town").key()};
  const std::string archive = archive_of(shared().bundle);
  EXPECT_TRUE(outcome(verify(archive, stranger, admin::add_workflows))
                  .starts_with("invalid not_shown; log_signature failed checkpoint_unsigned"));
  stranger.logs.clear();
  EXPECT_TRUE(outcome(verify(archive, stranger, admin::add_workflows))
                  .starts_with("invalid not_shown; log_signature failed checkpoint_unsigned"));
}

TEST(Bundle, witnesses_count_by_name_and_must_be_enough) {
  SealedLog log;
  Town town;
  const std::string id = town.draft();
  Bundle bundle = log.bundle(town, id);
  Trust trust = log.trust();
  const auto judged = [&] { return outcome(verify(archive_of(bundle), trust, admin::add_workflows)); };
  EXPECT_EQ(judged().find("witnesses"), std::string::npos);
  trust.witnesses.push_back(SealedLog().witness_keys().front());  // a key that nobody here has
  trust.witnesses_needed = 4;
  EXPECT_NE(judged().find("witnesses failed witnessed witnesses_too_few"), std::string::npos) << judged();
  trust.witnesses.push_back(trust.witnesses.front());  // the same twice is one
  EXPECT_NE(judged().find("witnesses_too_few"), std::string::npos) << judged();
  trust.witnesses_needed = 3;
  EXPECT_EQ(judged().find("witnesses failed"), std::string::npos) << judged();
  trust.witnesses.clear();
  EXPECT_NE(judged().find("witnesses not_checked"), std::string::npos) << judged();
}

TEST(Bundle, without_personal_parts_keeps_its_structure) {
  for (const bool erased : {true, false}) {
    Bundle bundle = shared().bundle;
    for (auto& [number, record] : bundle.chains["entries"]) {
      record.personal.reset();
      record.absent = erased ? Absent::erased : Absent::withheld;
    }
    const std::string verdict = shared().judged(bundle);
    EXPECT_TRUE(verdict.starts_with("structure_valid complete")) << verdict;
    EXPECT_NE(verdict.find(erased ? "personal_erased" : "personal_withheld"), verdict.npos) << verdict;
  }
}

}  // namespace
}  // namespace sparkgate::evidence
