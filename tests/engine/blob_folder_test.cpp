#include "engine/store/blob_folder.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/base/codes.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {
namespace {

std::set<std::string> names_of(const BlobFolder& folder) {
  std::set<std::string> out;
  folder.each_name([&](const std::string& name) { out.insert(name); });
  return out;
}

TEST(BlobFolder, keeps_bytes_under_their_name_for_nobody_else) {
  const TempFolder temp;
  const BlobFolder folder(temp.path() / "files");
  const std::string bytes("a\0b\xff", 4);
  ASSERT_TRUE(folder.put("abcd", bytes));
  ASSERT_TRUE(folder.put("abcd.display", ""));
  EXPECT_EQ(folder.get("abcd").value(), bytes);
  EXPECT_EQ(folder.get("abcd.display").value(), "");
  using std::filesystem::perms;
  const auto mode = [&](const char* path) { return std::filesystem::status(temp.path() / path).permissions(); };
  EXPECT_EQ(mode("files"), perms(0700));
  EXPECT_EQ(mode("files/ab"), perms(0700));
  EXPECT_EQ(mode("files/ab/abcd"), perms(0600));
}

TEST(BlobFolder, mends_a_damaged_file_when_it_is_put_again) {
  const TempFolder temp;
  const BlobFolder folder(temp.path() / "files");
  ASSERT_TRUE(folder.put("abcd", "whole"));
  write_file(temp.path() / "files/ab/abcd", "who");
  ASSERT_TRUE(folder.put("abcd", "whole"));
  EXPECT_EQ(folder.get("abcd").value(), "whole");
}

TEST(BlobFolder, tells_all_names_and_forgets_what_is_removed) {
  const TempFolder temp;
  const BlobFolder folder(temp.path() / "files");
  EXPECT_EQ(names_of(folder), std::set<std::string>());
  for (const char* name : {"abcd", "abce", "ffff"}) ASSERT_TRUE(folder.put(name, "x"));
  write_file(temp.path() / "files/ab/abcf.new", "unfinished");
  folder.remove("abce");
  folder.remove("none");
  EXPECT_EQ(names_of(folder), (std::set<std::string>{"abcd", "abcf.new", "ffff"}));
  EXPECT_EQ(folder.get("abce").error().code, Code::file_unreadable);
}

TEST(BlobFolder, says_when_it_cannot_write) {
  const TempFolder temp;
  write_file(temp.path() / "files", "a file, not a folder");
  EXPECT_EQ(BlobFolder(temp.path() / "files").put("abcd", "x").error().code, Code::file_unwritable);
}

}  // namespace
}  // namespace sparkgate::test
