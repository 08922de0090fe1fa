// Cleaned copies by mat2, and by programs that hang, fail or write too much.
#include "admin/cleaner.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine/base/codes.h"
#include "tests/support/files.h"
#include "tests/support/jpeg.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::admin {
namespace {

namespace fs = std::filesystem;

const fs::path k_mat2 = "/usr/bin/mat2";

// A PDF of one empty page, whose author is told.
std::string a_pdf() {
  std::string out = "%PDF-1.4\n";
  std::vector<size_t> places;
  const auto add = [&](const std::string& object) {
    places.push_back(out.size());
    out += std::to_string(places.size()) + " 0 obj\n" + object + "\nendobj\n";
  };
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>");
  add("<< /Author (Zhang San) >>");
  const size_t table = out.size();
  out += "xref\n0 5\n0000000000 65535 f \n";
  for (const size_t place : places) {
    const std::string digits = std::to_string(place);
    out += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
  }
  return out + "trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

struct Cleaning : testing::Test {
  Cleaner cleaner(const fs::path& program, ProgramLimits limits = {}) {
    return Cleaner({program, memory.path(), limits}, data.path(), [this](const std::string& line) { log += line; });
  }
  // A program that does that in its folder with the file's name as $1.
  fs::path program(const std::string& script) {
    const fs::path file = test::write_file(data.path() / "program", "#!/bin/sh\n" + script + "\n");
    fs::permissions(file, fs::perms::owner_all);
    return file;
  }
  std::string reason(const Result<std::string>& cleaned) {
    return cleaned ? "" : std::string(refusal_row(cleaned.error().code).name);
  }
  static fs::path memory_folder() { return fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path(); }
  test::TempFolder data;
  test::TempFolder memory{memory_folder()};
  std::string log;
};

TEST_F(Cleaning, of_a_photo_takes_its_position_away_and_leaves_a_photo) {
  if (!fs::exists(k_mat2)) GTEST_SKIP() << "mat2 is not installed";
  test::Exif exif;
  exif.taken_at = "2026:03:02 09:00:00", exif.north_south = "N", exif.east_west = "E";
  const std::string photo = test::with_exif(test::a_jpeg(), exif);
  ASSERT_NE(photo.find("Exif"), photo.npos);
  const auto cleaned = cleaner(k_mat2).clean(photo, "jpg");
  ASSERT_TRUE(cleaned) << describe(cleaned.error());
  EXPECT_TRUE(cleaned->starts_with("\xff\xd8\xff"));
  EXPECT_EQ(cleaned->find("Exif"), cleaned->npos);
  EXPECT_EQ(cleaned->find("2026:03:02"), cleaned->npos);
  EXPECT_TRUE(fs::is_empty(memory.path()));
}

TEST_F(Cleaning, of_a_pdf_takes_its_author_away) {
  if (!fs::exists(k_mat2)) GTEST_SKIP() << "mat2 is not installed";
  const auto cleaned = cleaner(k_mat2).clean(a_pdf(), "pdf");
  ASSERT_TRUE(cleaned) << describe(cleaned.error());
  EXPECT_TRUE(cleaned->starts_with("%PDF-"));
  EXPECT_EQ(cleaned->find("Zhang San"), cleaned->npos);
  EXPECT_TRUE(fs::is_empty(memory.path()));
}

TEST_F(Cleaning, of_what_mat2_cannot_read_is_refused) {
  if (!fs::exists(k_mat2)) GTEST_SKIP() << "mat2 is not installed";
  EXPECT_EQ(reason(cleaner(k_mat2).clean("\xff\xd8\xff no picture", "jpg")), "file_not_cleaned");
  EXPECT_TRUE(fs::is_empty(memory.path()));
}

TEST_F(Cleaning, is_refused_with_a_remedy_where_the_program_is_not_installed) {
  EXPECT_EQ(reason(cleaner(data.path() / "none").clean("x", "jpg")), "cleaner_missing");
}

TEST_F(Cleaning, gives_what_the_program_made) {
  EXPECT_EQ(cleaner(program("tr a-z A-Z <$1 >file.cleaned.txt")).clean("words", "txt").value(), "WORDS");
  EXPECT_EQ(reason(cleaner(program("true")).clean("words", "txt")), "file_not_cleaned") << "it made nothing";
  EXPECT_EQ(reason(cleaner(program("ln -s /etc/passwd file.cleaned.txt")).clean("words", "txt")), "file_not_cleaned");
  EXPECT_TRUE(fs::is_empty(memory.path()));
}

TEST_F(Cleaning, that_hangs_is_killed_with_all_that_it_started_and_leaves_nothing) {
  const fs::path pid = data.path() / "pid";
  const auto slow = program("sleep 600 & echo $! >" + pid.string() + "\nwait");
  EXPECT_EQ(reason(cleaner(slow, {.time = milliseconds(500)}).clean("words", "txt")), "file_not_cleaned");
  EXPECT_TRUE(fs::is_empty(memory.path()));
  pollfd ended{static_cast<int>(syscall(SYS_pidfd_open, std::stoi(test::content_of(pid)), 0)), POLLIN, 0};
  EXPECT_TRUE(ended.fd < 0 || poll(&ended, 1, 20'000) == 1) << "what it started was killed with it";
  if (ended.fd >= 0) close(ended.fd);
}

TEST_F(Cleaning, may_write_no_file_beyond_its_bound) {
  const auto large = program("head -c 200000 /dev/zero >file.cleaned.txt");
  EXPECT_EQ(reason(cleaner(large, {.file_bytes = 100'000}).clean("words", "txt")), "file_not_cleaned");
}

TEST_F(Cleaning, sees_neither_our_environment_nor_our_files) {
  setenv("SPARKGATE_SECRET", "secret", 1);
  const auto telling = program("{ env; ls /proc/self/fd | wc -l; } >file.cleaned.txt");
  const std::string told = cleaner(telling).clean("words", "txt").value();
  unsetenv("SPARKGATE_SECRET");
  EXPECT_EQ(told.find("secret"), told.npos) << told;
  EXPECT_NE(told.find("\n4\n"), told.npos) << "the three streams, and the folder that is listed: " << told;
}

TEST_F(Cleaning, removes_at_the_next_start_what_a_crash_left_of_the_same_data_alone) {
  const fs::path folder = memory.path();
  const std::string place = cleaner(program("pwd >file.cleaned.txt")).clean("words", "txt").value();
  const fs::path mine = fs::path(place.substr(0, place.find('\n'))).filename();
  fs::create_directory(folder / mine);
  test::write_file(folder / mine / "file.jpg", "left");
  fs::create_directory(folder / "sparkgate-clean-0123456789abcdef-AAAAAA");
  cleaner(k_mat2);
  EXPECT_FALSE(fs::exists(folder / mine));
  EXPECT_TRUE(fs::exists(folder / "sparkgate-clean-0123456789abcdef-AAAAAA")) << "of another data directory";
}

TEST_F(Cleaning, on_a_disk_is_said_in_the_log) {
  Cleaner({k_mat2, data.path() / "nowhere", {}}, data.path(), [this](const std::string& line) { log += line; });
  EXPECT_NE(log.find("no tmpfs"), log.npos) << log;
}

}  // namespace
}  // namespace sparkgate::admin
