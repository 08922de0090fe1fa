#include "workflows/report/cleaned.h"

#include "certs/box.h"
#include "engine/base/codes.h"

namespace sparkgate::report {
namespace {

constexpr const char* k_purpose = "cleaned-copy";
constexpr size_t k_head_bytes = k_wrap_overhead_bytes + k_content_key_bytes;

struct Place {
  ContentPlace content;
  std::string original;  // its name
  std::string key;       // of the original
  std::string name() const { return original + std::string(k_cleaned_ending); }
};

std::optional<std::string> opened(const Place& place, std::string_view blob) {
  if (blob.size() < k_head_bytes) return std::nullopt;
  const auto key = unwrap(place.key, k_purpose, place.original, blob.substr(0, k_head_bytes));
  if (!key) return std::nullopt;
  std::string out;
  SealedFileReader reader(*key, place.content, [&](std::string_view bytes) { out.append(bytes); });
  if (!reader.write(blob.substr(k_head_bytes)) || !reader.finish()) return std::nullopt;
  return out;
}

// A fresh key each time: made again, a copy may have other bytes.
std::string sealed(const Place& place, std::string_view bytes, Random& random) {
  const SecretBytes key = SecretBytes::random(k_content_key_bytes, random);
  std::string out = wrap(place.key, k_purpose, place.original, key.view(), random);
  SealedFileWriter writer(key, place.content, [&](std::string_view piece) { out.append(piece); });
  writer.write(bytes);
  writer.finish();
  return out;
}

Result<std::string> cleaned(const Intake& intake, std::string_view bytes) {
  const FileKind kind = kind_of(bytes);
  if (!intake.clean) return refuse(Code::cleaner_missing);
  if (!kind.extension.empty()) return intake.clean(bytes, kind.extension);
  return refuse(Code::file_not_cleaned,
                {{"reason", bilingual("不支持这类文件", "files of that kind are not supported")}});
}

}  // namespace

Result<CleanedCopy> cleaned_copy(Intake& intake, const Unlocked& officer, const std::string& report,
                                 int64_t sequence) {
  std::string original;
  const auto said = OfficerDesk(intake).open_file(officer, report, sequence,
                                                  [&](std::string_view bytes) { original.append(bytes); });
  if (!said) return tl::make_unexpected(said.error());
  const Place place{{intake.tenant, report, 0, Direction::from_source, Digest{}}, said->file,
                    from_base64(text_of(said->content, "key")).value()};
  const auto kept = intake.files.get(place.name());
  if (auto known = kept ? opened(place, *kept) : std::nullopt) {
    const FileKind kind = kind_of(*known);
    return CleanedCopy{std::move(*known), kind};
  }
  auto fresh = cleaned(intake, original);
  if (!fresh) return tl::make_unexpected(fresh.error());
  if (auto put = intake.files.put(place.name(), sealed(place, *fresh, intake.random)); !put) {
    return tl::make_unexpected(put.error());
  }
  const FileKind kind = kind_of(*fresh);
  return CleanedCopy{std::move(*fresh), kind};
}

void remove_file(const BlobFolder& files, const std::string& name) {
  files.remove(name);
  files.remove(name + std::string(k_cleaned_ending));
}

}  // namespace sparkgate::report
