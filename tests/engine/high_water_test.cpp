#include "engine/journal/high_water.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "engine/base/codes.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::journal {
namespace {

Mark mark_at(uint64_t size) { return {sha256("test/log"), size, sha256(std::to_string(size))}; }

struct MarkFile {
  test::TempFolder folder;
  const std::filesystem::path file = folder.path() / "high_water";

  HighWater open() const {
    auto opened = HighWater::open(file);
    if (!opened) throw std::runtime_error(describe(opened.error()));
    return std::move(*opened);
  }
  std::string bytes() const {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return out.str();
  }
  void put(const std::string& bytes) const { std::ofstream(file, std::ios::binary) << bytes; }
};

TEST(HighWater, a_new_file_has_no_mark_and_is_its_owners_alone) {
  const MarkFile on_disk;
  EXPECT_FALSE(on_disk.open().mark());
  EXPECT_FALSE(on_disk.open().is_torn());
  struct stat about {};
  ASSERT_EQ(::stat(on_disk.file.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
}

TEST(HighWater, the_newest_mark_is_read_back_however_many_were_written) {
  const MarkFile on_disk;
  for (uint64_t size = 1; size <= 5; ++size) {
    HighWater writing = on_disk.open();
    ASSERT_TRUE(writing.write(mark_at(size)));
    EXPECT_EQ(writing.mark(), mark_at(size));
    EXPECT_EQ(on_disk.open().mark(), mark_at(size));
  }
}

// Whatever part of the newest slot did not reach the disk, the one before it is there and the damage is told.
TEST(HighWater, a_write_cut_short_anywhere_leaves_the_mark_before_it) {
  const MarkFile on_disk;
  {
    HighWater writing = on_disk.open();
    for (uint64_t size = 1; size <= 2; ++size) ASSERT_TRUE(writing.write(mark_at(size)));
  }
  const std::string before = on_disk.bytes();
  ASSERT_TRUE(on_disk.open().write(mark_at(3)));
  const std::string after = on_disk.bytes();
  ASSERT_EQ(before.size(), after.size());
  for (size_t cut = 0; cut <= after.size(); ++cut) {
    on_disk.put(after.substr(0, cut) + before.substr(cut));
    const HighWater read = on_disk.open();
    ASSERT_TRUE(read.mark()) << cut;
    const bool is_new = read.mark() == mark_at(3);
    EXPECT_TRUE(is_new || read.mark() == mark_at(2)) << cut;
  }
}

TEST(HighWater, each_altered_byte_of_a_slot_is_noticed) {
  const MarkFile on_disk;
  {
    HighWater writing = on_disk.open();
    for (uint64_t size = 1; size <= 2; ++size) ASSERT_TRUE(writing.write(mark_at(size)));
  }
  const std::string whole = on_disk.bytes();
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string altered = whole;
    altered[at] ^= 1;
    on_disk.put(altered);
    const HighWater read = on_disk.open();
    EXPECT_TRUE(read.is_torn()) << at;
    EXPECT_EQ(read.mark(), mark_at(at < 512 ? 1 : 2)) << at;
  }
}

TEST(HighWater, what_is_no_mark_at_all_gives_none) {
  const MarkFile on_disk;
  on_disk.put(std::string(5000, 'x'));
  EXPECT_FALSE(on_disk.open().mark());
  EXPECT_TRUE(on_disk.open().is_torn());
  ASSERT_TRUE(on_disk.open().write(mark_at(1))) << "and it can be written again";
  EXPECT_EQ(on_disk.open().mark(), mark_at(1));
}

TEST(HighWater, a_place_that_cannot_be_written_is_refused) {
  const MarkFile on_disk;
  const auto opened = HighWater::open(on_disk.folder.path() / "no folder" / "high_water");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::file_unwritable);
}

}  // namespace
}  // namespace sparkgate::journal
