#include "tests/support/bundle_property.h"

#include "workflows/evidence/bundle.h"

namespace sparkgate::test {
namespace {

using namespace evidence;

std::string broken_by(const Files& files) {
  size_t total = 0;
  for (const auto& [name, content] : files) {
    if (!is_archive_name(name)) return "a name: " + name;
    if (content.size() > k_max_file_bytes) return "a file's size: " + name;
    total += content.size();
  }
  if (files.size() > k_max_files || total > k_max_content_bytes) return "the bounds";
  Verdict verdict;
  const auto bundle = bundle_of(files, verdict);
  if (!bundle || !verdict.holds(Step::manifest)) return "";
  return files_of(*bundle) == files ? "" : "written otherwise than read";
}

Files split(std::string_view bytes) {
  Files files;
  while (!bytes.empty()) {
    const std::string_view one = bytes.substr(0, bytes.find('\xff'));
    bytes.remove_prefix(std::min(one.size() + 1, bytes.size()));
    const size_t end = std::min(one.find('\n'), one.size());
    const std::string name(one.substr(0, end));
    if (is_archive_name(name)) files[name] = one.substr(std::min(end + 1, one.size()));
  }
  return files;
}

}  // namespace

std::string broken_bundle_promise(std::string_view bytes) {
  const auto archived = read_archive(bytes);
  const std::string broken = archived ? broken_by(*archived) : "";
  return broken.empty() ? broken_by(split(bytes)) : broken;
}

}  // namespace sparkgate::test
