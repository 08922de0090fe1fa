// `sparkgate verify` as its callers see it: exit codes, both languages, JSON.
#include "admin/verify.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/support/evidence_desk.h"
#include "tests/support/files.h"

namespace sparkgate::admin {
namespace {

struct Case {
  test::Town town;
  test::EvidenceDesk desk{town};
  test::TempFolder folder;
  evidence::Bundle bundle;
  Case() {
    const std::string id = town.draft();
    town.lead(id, "Closed");
    bundle = desk.bundle(id);
  }
  std::string file(const std::string& bytes, const std::string& name = "bundle.zip") const {
    return test::write_file(folder.path() / name, bytes).string();
  }
  VerifyOptions options(const std::string& bytes) const {
    VerifyOptions out;
    out.bundle = file(bytes);
    out.keys = {desk.log_key().vkey()};
    return out;
  }
};

struct Run {
  int code;
  std::string out, err;
};

Run run(const VerifyOptions& options) {
  std::ostringstream out, err;
  const int code = verify(options, out, err);
  return {code, out.str(), err.str()};
}

const Case& shared() {
  static const Case one;
  return one;
}

TEST(Verify, exit_codes_tell_good_bad_and_unusable_apart) {
  const Case& c = shared();
  const std::string good = test::archive_of(c.bundle);
  evidence::Bundle bad = c.bundle;
  bad.chains["entries"][3].entry.bytes.back() ^= 1;
  EXPECT_EQ(run(c.options(good)).code, 0);
  EXPECT_EQ(run(c.options(test::archive_of(bad))).code, 1);
  EXPECT_EQ(run(c.options("not a bundle")).code, 2);
  EXPECT_EQ(run(c.options(good.substr(0, good.size() / 2))).code, 2);
  VerifyOptions missing = c.options(good);
  missing.bundle = (c.folder.path() / "none.zip").string();
  EXPECT_EQ(run(missing).code, 2);
  missing.bundle = c.folder.path().string();
  EXPECT_EQ(run(missing).code, 2);
}

TEST(Verify, wrong_keys_and_options_are_usage_errors) {
  VerifyOptions options = shared().options(test::archive_of(shared().bundle));
  const VerifyOptions good = options;
  options.keys = {"not a key"};
  EXPECT_EQ(run(options).code, 64);
  options = good;
  options.witnesses = {good.keys.front() + "x"};
  EXPECT_EQ(run(options).code, 64);
  options = good;
  options.authorities = "no such file";
  EXPECT_EQ(run(options).code, 64);
  options = good;
  options.enrollers = {"p1"};
  EXPECT_EQ(run(options).code, 64);
}

TEST(Verify, another_key_of_the_same_name_does_not_help) {
  test::Town other(2);
  VerifyOptions options = shared().options(test::archive_of(shared().bundle));
  options.keys = {test::EvidenceDesk(other).log_key().vkey()};
  EXPECT_EQ(run(options).code, 1);
}

TEST(Verify, json_names_every_step_and_both_verdicts) {
  VerifyOptions options = shared().options(test::archive_of(shared().bundle));
  options.json = true;
  const auto json = parse_json(run(options).out);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->at("integrity"), "valid");
  EXPECT_EQ(json->at("completeness"), "complete");
  EXPECT_EQ(json->at("exit_code"), 0);
  EXPECT_EQ(json->at("subject").at("state"), "Closed");
  std::string steps;
  for (const Json& step : json->at("steps")) steps += text_of(step, "step") + " " + text_of(step, "outcome") + "\n";
  EXPECT_EQ(steps,
            "container ok\nmanifest ok\nlog_signature ok\nwitnesses not_checked\ntimestamp not_checked\ninclusion ok\n"
            "chain ok\npayloads ok\nsignatures ok\nkeys ok\nreplay ok\ndecisions ok\ncompleteness ok\n");
  options.bundle = shared().file("x", "x.zip");
  const auto unusable = parse_json(run(options).out);
  ASSERT_TRUE(unusable);
  EXPECT_EQ(unusable->at("integrity"), "unusable");
  EXPECT_EQ(unusable->at("code"), "bundle_unusable");
}

TEST(Verify, speaks_the_language_of_the_terminal) {
  const VerifyOptions options = shared().options(test::archive_of(shared().bundle));
  const char* before = getenv("LC_ALL");
  const std::string kept = before ? before : "";
  setenv("LC_ALL", "zh_CN.UTF-8", 1);
  EXPECT_NE(run(options).out.find("真实、未被改动"), std::string::npos) << run(options).out;
  setenv("LC_ALL", "C.UTF-8", 1);
  EXPECT_NE(run(options).out.find("genuine and unaltered"), std::string::npos) << run(options).out;
  before ? setenv("LC_ALL", kept.c_str(), 1) : unsetenv("LC_ALL");
}

}  // namespace
}  // namespace sparkgate::admin
