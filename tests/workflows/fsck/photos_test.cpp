// What fsck finds of photos: rows and files that do not belong together.
#include <gtest/gtest.h>

#include "engine/store/blob_folder.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/files.h"
#include "tests/support/raw_database.h"
#include "tests/support/recorded_town.h"

namespace sparkgate::test {
namespace {

class FsckPhotos : public testing::Test {
 protected:
  FsckPhotos() {
    {
      auto store = open_sqlite_store(copy.path());
      Writer& writer = (*store)->writer();
      writer.begin();
      writer.put_photo({name, static_cast<int64_t>(bytes.size()), 4, 3, "", "", "", 0}, "ann", a_monday());
      writer.commit();
    }
    EXPECT_TRUE(files.put(name, bytes) && files.put(name + ".display", "a copy"));
  }

  const std::string bytes = "the bytes of a photo", name = hex(sha256(bytes));
  TownCopy copy;
  const BlobFolder files{copy.path() / "files"};
};

TEST_F(FsckPhotos, finds_nothing_where_all_is_whole) {
  ASSERT_TRUE(files.put(std::string(64, 'f'), "of a crash: the service removes it"));
  EXPECT_EQ(faults_of(copy.path()), "");
}

TEST_F(FsckPhotos, finds_a_missing_file) {
  files.remove(name + ".display");
  EXPECT_EQ(faults_of(copy.path()), "photo_missing");
  ASSERT_TRUE(files.put(name + ".display", "a copy"));
  files.remove(name);
  EXPECT_EQ(faults_of(copy.path()), "photo_missing");
}

TEST_F(FsckPhotos, finds_an_altered_original) {
  ASSERT_TRUE(files.put(name, "the bytes of another"));
  EXPECT_EQ(faults_of(copy.path()), "photo_differs");
}

TEST_F(FsckPhotos, finds_a_row_that_is_untrue_or_belongs_to_nothing) {
  RawDatabase(copy.database()).run("UPDATE photos SET bytes = bytes + 1");
  EXPECT_EQ(faults_of(copy.path()), "photo_differs");
  RawDatabase(copy.database()).run("DELETE FROM photos");
  EXPECT_EQ(faults_of(copy.path()), "row_without_owner");
}

}  // namespace
}  // namespace sparkgate::test
