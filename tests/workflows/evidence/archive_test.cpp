// Archives of bundles: the same bytes every time, and nothing hostile gets through.
#include "workflows/evidence/archive.h"

#include <gtest/gtest.h>
#include <zip.h>

namespace sparkgate::evidence {
namespace {

std::string reason_of(const Result<Files>& read) {
  return read ? "ok" : in_language(read.error().details, Language::en).value("reason", "");
}

Files sample() {
  return {{"manifest.json", "{}"}, {"entries/000000.json", std::string(5000, 'x')}, {"checkpoint", ""}};
}

// An archive by libzip's own hand, with what write_archive never does.
class Maker {
 public:
  Maker() {
    zip_error_t error;
    zip_error_init(&error);
    source_ = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(source_);
    archive_ = zip_open_from_source(source_, ZIP_CREATE | ZIP_TRUNCATE, &error);
  }
  ~Maker() { zip_source_free(source_); }
  zip_uint64_t add(const std::string& name, const std::string& content) {
    kept_.push_back(std::make_unique<std::string>(content));
    zip_source_t* data = zip_source_buffer(archive_, kept_.back()->data(), kept_.back()->size(), 0);
    return static_cast<zip_uint64_t>(zip_file_add(archive_, name.c_str(), data, ZIP_FL_ENC_UTF_8));
  }
  zip_t* archive() { return archive_; }
  std::string bytes() {
    EXPECT_EQ(zip_close(archive_), 0) << zip_strerror(archive_);
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_source_stat(source_, &stat);
    zip_source_open(source_);
    std::string out(stat.size, '\0');
    zip_source_read(source_, out.data(), out.size());
    zip_source_close(source_);
    return out;
  }

 private:
  zip_source_t* source_;
  zip_t* archive_;
  std::vector<std::unique_ptr<std::string>> kept_;
};

std::string replaced(std::string bytes, const std::string& from, const std::string& to) {
  for (size_t at = bytes.find(from); at != bytes.npos; at = bytes.find(from, at + to.size())) {
    bytes.replace(at, from.size(), to);
  }
  return bytes;
}

TEST(Archive, reads_back_what_it_wrote_and_writes_the_same_bytes_again) {
  const std::string bytes = write_archive(sample(), "manifest.json");
  EXPECT_EQ(bytes, write_archive(sample(), "manifest.json"));
  const auto files = read_archive(bytes);
  ASSERT_TRUE(files) << describe(files.error());
  EXPECT_EQ(*files, sample());
  EXPECT_LT(bytes.find("manifest.json"), bytes.find("checkpoint"));
}

TEST(Archive, time_zones_do_not_change_its_bytes) {
  const std::string here = write_archive(sample(), "manifest.json");
  const char* before = getenv("TZ");
  const std::string kept = before ? before : "";
  setenv("TZ", "Asia/Shanghai", 1);
  tzset();
  EXPECT_EQ(write_archive(sample(), "manifest.json"), here);
  before ? setenv("TZ", kept.c_str(), 1) : unsetenv("TZ");
  tzset();
}

TEST(Archive, names_are_plain_paths) {
  for (const char* good : {"a", "checkpoint", "entries/000000.facts.json", "keys/0199-a/0.json"}) {
    EXPECT_TRUE(is_archive_name(good)) << good;
  }
  for (const char* bad :
       {"", "/a", "a/", "a//b", "../a", "a/../b", "a/.b", ".", "A", "a b", "a\\b", "c:a", "é", "a\nb"}) {
    EXPECT_FALSE(is_archive_name(bad)) << bad;
  }
  EXPECT_FALSE(is_archive_name(std::string(121, 'a')));
}

TEST(Archive, refuses_what_it_would_never_write) {
  const std::string good = write_archive(sample(), "manifest.json");
  struct Row {
    const char* what;
    std::string bytes;
    const char* reason;
  };
  const Row rows[] = {
      {"nothing", "", "it is no zip archive"},
      {"text", std::string(100, 'a'), "it is no zip archive"},
      {"bytes behind", good + "x", "the archive is cut off, or something follows it"},
      {"bytes before", "PK" + good, "the archive is cut off or damaged"},
      {"a step up", replaced(good, "entries/000000", "../../../00000"), "it holds a file whose name is not allowed"},
      {"an absolute name", replaced(good, "entries/", "/ntries/"), "it holds a file whose name is not allowed"},
      {"capitals", replaced(good, "entries/", "Entries/"), "it holds a file whose name is not allowed"},
  };
  for (const Row& row : rows) EXPECT_EQ(reason_of(read_archive(row.bytes)), row.reason) << row.what;
}

TEST(Archive, refuses_two_files_of_one_name) {
  Maker maker;
  maker.add("aa", "1");
  maker.add("ab", "2");
  EXPECT_EQ(reason_of(read_archive(replaced(maker.bytes(), "ab", "aa"))), "the archive is cut off or damaged");
}

TEST(Archive, refuses_links_folders_and_encrypted_files) {
  Maker link;
  const auto at = link.add("checkpoint", "manifest.json");
  zip_file_set_external_attributes(link.archive(), at, 0, ZIP_OPSYS_UNIX, 0120777u << 16);
  EXPECT_EQ(reason_of(read_archive(link.bytes())), "it holds a link or a special file");
  Maker folder;
  zip_dir_add(folder.archive(), "entries", 0);
  EXPECT_EQ(reason_of(read_archive(folder.bytes())), "it holds a file whose name is not allowed");
  Maker secret;
  const auto locked = secret.add("checkpoint", "text");
  zip_file_set_encryption(secret.archive(), locked, ZIP_EM_AES_256, "password");
  EXPECT_EQ(reason_of(read_archive(secret.bytes())), "it holds an encrypted file");
}

TEST(Archive, bombs_are_measured_while_unpacking) {
  const std::string zeros(k_max_file_bytes + 1, '\0');
  EXPECT_EQ(reason_of(read_archive(write_archive({{"a", zeros}}, ""))), "its contents are too large when unpacked");
  // Small files that are much larger than their archive: 200 to 1 beyond the first MiB is too much.
  Files many;
  for (int i = 0; i < 20; ++i) many["f" + std::to_string(i)] = std::string(1 << 20, '\0');
  EXPECT_EQ(reason_of(read_archive(write_archive(many, ""))), "its contents are too large when unpacked");
  Files few = {{"a", std::string(1 << 20, '\0')}};
  EXPECT_EQ(reason_of(read_archive(write_archive(few, ""))), "ok");
}

TEST(Archive, a_claim_of_many_files_is_refused_before_anything_is_allocated) {
  std::string bytes = write_archive(sample(), "manifest.json");
  for (const size_t at : {bytes.size() - 14, bytes.size() - 12}) bytes.replace(at, 2, "\xff\xff");
  EXPECT_EQ(reason_of(read_archive(bytes)), "it holds too many files");
}

// Every byte changed and every cut: refused, or nothing changes that anybody reads.
TEST(Archive, a_flipped_byte_or_a_cut_shows_or_changes_nothing) {
  const std::string good = write_archive(sample(), "manifest.json");
  size_t refused = 0;
  for (size_t at = 0; at < good.size(); ++at) {
    EXPECT_FALSE(read_archive(std::string_view(good).substr(0, at))) << "cut at " << at;
    for (const unsigned char mask : {0x01, 0x80, 0xff}) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ mask);
      const auto read = read_archive(bad);
      if (read) {
        EXPECT_EQ(*read, sample()) << "flipped at " << at;
      }
      refused += read ? 0 : 1;
    }
  }
  EXPECT_GT(refused, good.size());
}

}  // namespace
}  // namespace sparkgate::evidence
