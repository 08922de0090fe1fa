#include "admin/check.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace sparkgate::admin {
namespace {

namespace fs = std::filesystem;
const std::string k_ledger = std::string(SOURCE_DIR) + "/tests/data/ledger";
const std::string k_pack = "cn-gb30871-2022";

std::string bytes_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream out;
  out << file.rdbuf();
  return out.str();
}

struct Outcome {
  int code;
  std::string out, err;
};

Outcome run(const std::string& folder, const std::string& pack = k_pack) {
  std::stringstream out, err;
  const int code = check(folder, pack, out, err);
  return {code, out.str(), err.str()};
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size()) text.replace(at, from.size(), to);
}

// The ledger with one file's text edited.
class Check : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("sparkgate_check_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::copy(k_ledger, folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  template <class Edit>
  Outcome with(const std::string& file, Edit edit) {
    std::string text = bytes_of_file(folder_ / file);
    edit(text);
    std::ofstream(folder_ / file, std::ios::binary) << text;
    return run(folder_.string());
  }
  fs::path folder_;
};

TEST_F(Check, judges_every_row_as_the_office_expects) {
  const Outcome outcome = run(k_ledger);
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out, bytes_of_file(k_ledger + "/expected.csv"));
}

TEST_F(Check, other_spellings_of_the_same_ledger_give_the_same_answer) {
  const std::string expected = bytes_of_file(k_ledger + "/expected.csv");
  EXPECT_EQ(with("applications.csv", [](std::string& t) { replace_all(t, "\n", "\r\n"); }).out, expected);
  EXPECT_EQ(with("applications.csv", [](std::string& t) { t = "\xEF\xBB\xBF" + t; }).out, expected);
  EXPECT_EQ(with("applications.csv", [](std::string& t) { replace_all(t, "X,", "x,"); }).out, expected);
  EXPECT_EQ(with("applications.csv", [](std::string& t) { replace_all(t, ";", " ; "); }).out, expected);
  EXPECT_EQ(with("applications.csv", [](std::string& t) { replace_all(t, "T08:00:00+08:00", "T00:00:00Z"); }).out,
            expected);
}

TEST_F(Check, names_every_bad_row_and_judges_none) {
  const Outcome outcome = with("applications.csv", [](std::string& t) {
    replace_all(t, "DH2026-00002,", "DH2026-00001,");
    replace_all(t, "2026-07-14T10:00:00+08:00", "2026-07-14 10:00");
    t.replace(t.find("电焊"), std::string("电焊").size(), "氩焊");
    t += "DH2026-00401,1\n";
  });
  EXPECT_EQ(outcome.code, 65);
  EXPECT_EQ(outcome.out, "");
  for (const char* part : {"line 2, 动火方式: no such method", "line 3, 申请编号: is listed twice",
                           "line 4, 结束时间: is not a time", "line 402, 用火单位: has 2 fields instead of 22"}) {
    EXPECT_NE(outcome.err.find(std::string("applications.csv ") + part), std::string::npos) << part << outcome.err;
  }
}

TEST_F(Check, blank_answers_wait_for_a_person) {
  const auto blank_first_answer = [this](const std::string& number) {
    return with("applications.csv", [&](std::string& t) {
      const std::string no = ",否,";  // of 特种设备
      t.replace(t.find(no, t.find(number)), no.size(), ",,");
    });
  };
  const Outcome grinding = blank_first_answer("DH2026-00003");
  EXPECT_NE(grinding.out.find("DH2026-00003,two,qualified,,\n"), std::string::npos) << "grinding asks for no class";
  const Outcome welding = blank_first_answer("DH2026-00004");
  EXPECT_NE(welding.out.find("DH2026-00004,two,undecided,certificate_class_mismatch,\n"), std::string::npos);
}

TEST_F(Check, a_missing_file_or_folder_is_named) {
  fs::remove(folder_ / "machines.csv");
  const Outcome outcome = run(folder_.string());
  EXPECT_EQ(outcome.code, 65);
  EXPECT_NE(outcome.err.find("machines.csv"), std::string::npos);
  EXPECT_EQ(run((folder_ / "none").string()).code, 64);
  EXPECT_EQ(run(k_ledger, "no-such-pack").code, 64);
}

}  // namespace
}  // namespace sparkgate::admin
