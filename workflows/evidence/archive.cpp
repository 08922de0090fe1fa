#include "workflows/evidence/archive.h"

#include <zip.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "engine/base/codes.h"

namespace sparkgate::evidence {
namespace {

// The end record (APPNOTE 4.3.16): signature, disks 0 and 0, count twice, size and offset of the directory, no comment.
constexpr size_t k_end_bytes = 22;
constexpr std::string_view k_end_signature = "PK\5\6";
constexpr uint16_t k_first_of_january_1980 = (1 << 5) | 1;
constexpr uint32_t k_file_type_mask = 0170000, k_plain_file = 0100000;  // of Unix modes, in the upper half

tl::unexpected<Refusal> unusable(std::string_view zh, std::string_view en) {
  return refuse(Code::bundle_unusable, {{"reason", bilingual(zh, en)}});
}

tl::unexpected<Refusal> damaged() { return unusable("压缩包残缺或已损坏", "the archive is cut off or damaged"); }

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
template <class T>
using Held = std::unique_ptr<T, Discard>;

uint32_t little_endian(std::string_view bytes) {
  uint32_t out = 0;
  for (size_t i = bytes.size(); i-- > 0;) out = out << 8 | static_cast<unsigned char>(bytes[i]);
  return out;
}

// Before libzip allocates by what the archive claims: the end record closes the file, the directory ends right before
// it, and the number of files is bearable. So nothing can hide around the archive.
Result<void> check_end(std::string_view bytes) {
  if (bytes.size() > k_max_archive_bytes) return unusable("压缩包过大", "the archive is too large");
  if (bytes.size() < k_end_bytes || bytes.substr(0, 2) != "PK") {
    return unusable("不是 zip 压缩包", "it is no zip archive");
  }
  const std::string_view end = bytes.substr(bytes.size() - k_end_bytes);
  if (end.substr(0, 4) != k_end_signature) {
    return unusable("zip 压缩包被截断，或其后有多余内容", "the archive is cut off, or something follows it");
  }
  const uint32_t here = little_endian(end.substr(8, 2)), total = little_endian(end.substr(10, 2));
  const uint64_t size = little_endian(end.substr(12, 4)), offset = little_endian(end.substr(16, 4));
  const bool is_whole = end.substr(4, 4) == std::string_view("\0\0\0\0", 4) && here == total &&
                        little_endian(end.substr(20, 2)) == 0 && offset + size + k_end_bytes == bytes.size();
  if (!is_whole) return damaged();
  if (total > k_max_files) return unusable("文件过多", "it holds too many files");
  return {};
}

Result<void> check_kind(zip_t* archive, zip_uint64_t index, const zip_stat_t& stat) {
  if (stat.encryption_method != ZIP_EM_NONE) return unusable("含加密文件", "it holds an encrypted file");
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
    return unusable("使用了不支持的压缩方法", "it uses an unsupported method of compression");
  }
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  zip_file_get_external_attributes(archive, index, 0, &system, &attributes);
  const uint32_t type = (attributes >> 16) & k_file_type_mask;
  if (type != 0 && type != k_plain_file) return unusable("含链接或特殊文件", "it holds a link or a special file");
  return {};
}

// No more than `most` bytes are ever held, whatever the archive says of the file's size.
Result<std::string> unpack(zip_t* archive, zip_uint64_t index, size_t most) {
  const Held<zip_file_t> file(zip_fopen_index(archive, index, 0));
  if (!file) return damaged();
  std::string out;
  char chunk[16384];
  for (;;) {
    const zip_int64_t got = zip_fread(file.get(), chunk, sizeof chunk);
    if (got < 0) return damaged();  // the stream or its CRC is wrong
    if (got == 0) return out;
    if (out.size() + static_cast<size_t>(got) > most) {
      return unusable("解压后的内容过大", "its contents are too large when unpacked");
    }
    out.append(chunk, static_cast<size_t>(got));
  }
}

Result<void> read_one(zip_t* archive, zip_uint64_t index, size_t most, Files& files, size_t& total) {
  zip_stat_t stat;
  const char* raw = zip_get_name(archive, index, ZIP_FL_ENC_RAW);
  if (!raw || zip_stat_index(archive, index, 0, &stat) != 0) return damaged();
  const std::string name = raw;
  if (!is_archive_name(name)) return unusable("含不允许的文件名", "it holds a file whose name is not allowed");
  if (auto plain = check_kind(archive, index, stat); !plain) return plain;
  auto content = unpack(archive, index, std::min(most - total, k_max_file_bytes));
  if (!content) return tl::make_unexpected(content.error());
  if (content->size() != stat.size) return damaged();
  total += content->size();
  files.emplace(name, std::move(*content));  // libzip lets no name in twice (ZIP_CHECKCONS)
  return {};
}

[[noreturn]] void fail(zip_t* archive) { throw std::runtime_error(std::string("libzip: ") + zip_strerror(archive)); }

void add(zip_t* archive, const std::string& name, const std::string& content) {
  if (!is_archive_name(name)) throw std::invalid_argument("no name for a file of an archive: " + name);
  zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
  if (!source) fail(archive);
  const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    fail(archive);
  }
  const auto at = static_cast<zip_uint64_t>(index);
  if (zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, 6) != 0 ||
      zip_file_set_dostime(archive, at, 0, k_first_of_january_1980, 0) != 0 ||
      zip_file_set_external_attributes(archive, at, 0, ZIP_OPSYS_UNIX, (k_plain_file | 0644) << 16) != 0) {
    fail(archive);
  }
}

std::string bytes_of_source(zip_source_t* source) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) throw std::runtime_error("libzip");
  std::string out(stat.size, '\0');
  const zip_int64_t got = zip_source_read(source, out.data(), out.size());
  zip_source_close(source);
  if (got != static_cast<zip_int64_t>(out.size())) throw std::runtime_error("libzip");
  return out;
}

}  // namespace

bool is_archive_name(std::string_view name) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  };
  char before = '/';
  for (const char c : name) {
    if (c != '/' && !is_plain(c)) return false;
    if (before == '/' && (c == '/' || c == '.')) return false;
    before = c;
  }
  return before != '/' && name.size() <= k_max_name_bytes;
}

std::string write_archive(const Files& files, std::string_view first) {
  zip_error_t error;
  zip_error_init(&error);
  const Held<zip_source_t> source(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!source) throw std::runtime_error("libzip");
  zip_source_keep(source.get());  // the archive drops one hold when it closes
  Held<zip_t> archive(zip_open_from_source(source.get(), ZIP_CREATE | ZIP_TRUNCATE, &error));
  if (!archive) throw std::runtime_error("libzip");
  if (const auto leading = files.find(first); leading != files.end()) {
    add(archive.get(), leading->first, leading->second);
  }
  for (const auto& [name, content] : files) {
    if (name != first) add(archive.get(), name, content);
  }
  if (zip_close(archive.get()) != 0) fail(archive.get());
  archive.release();
  return bytes_of_source(source.get());
}

Result<Files> read_archive(std::string_view bytes) {
  if (auto ends_well = check_end(bytes); !ends_well) return tl::make_unexpected(ends_well.error());
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (!source) return damaged();
  const Held<zip_t> archive(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
  if (!archive) {
    zip_source_free(source);
    return damaged();
  }
  const size_t most = std::min(k_max_content_bytes, (size_t{1} << 20) + k_max_ratio * bytes.size());
  Files files;
  size_t total = 0;
  const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive.get(), 0));
  for (zip_uint64_t index = 0; index < count; ++index) {
    if (auto read = read_one(archive.get(), index, most, files, total); !read) return tl::make_unexpected(read.error());
  }
  return files;
}

}  // namespace sparkgate::evidence
