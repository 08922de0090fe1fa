// checkpoint = origin LF size LF base64(root) LF *(extension LF)
// proof      = "c2sp.org/tlog-proof@v1" LF ["extra " base64 LF] "index " index LF *(base64(hash) LF) LF note
#include "engine/journal/checkpoint.h"

#include "engine/base/codes.h"
#include "engine/base/decimal.h"
#include "engine/journal/lines.h"

namespace sparkgate::journal {
namespace {

constexpr std::string_view k_proof_header = "c2sp.org/tlog-proof@v1";
constexpr std::string_view k_extra = "extra ";
constexpr std::string_view k_index = "index ";

tl::unexpected<Refusal> bad_checkpoint(std::string_view zh, std::string_view en) {
  return refuse(Code::checkpoint_malformed, {{"reason", bilingual(zh, en)}});
}

tl::unexpected<Refusal> bad_proof(std::string_view zh, std::string_view en) {
  return refuse(Code::proof_malformed, {{"reason", bilingual(zh, en)}});
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + base64(bytes_of(checkpoint.root)) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  const auto origin = next_line(text), size_line = next_line(text), root_line = next_line(text);
  if (!origin || origin->empty()) return bad_checkpoint("没有来源", "it has no origin");
  const auto size = size_line ? from_decimal(*size_line) : std::nullopt;
  if (!size) return bad_checkpoint("没有条目数", "it has no size");
  const auto root = root_line ? digest_of(*root_line) : std::nullopt;
  if (!root) return bad_checkpoint("没有根哈希", "it has no root hash");
  while (!text.empty()) {
    const auto extension = next_line(text);
    if (!extension || extension->empty()) return bad_checkpoint("扩展行不完整", "an extension line is not whole");
  }
  return Checkpoint{std::string(*origin), *size, *root};
}

std::string proof_file_text(const ProofFile& file) {
  std::string out = std::string(k_proof_header) + "\n";
  if (!file.extra.empty()) out += std::string(k_extra) + base64(file.extra) + "\n";
  out += std::string(k_index) + std::to_string(file.index) + "\n";
  for (const Digest& hash : file.proof) out += base64(bytes_of(hash)) + "\n";
  return out + "\n" + file.checkpoint;
}

Result<ProofFile> parse_proof_file(std::string_view text) {
  if (next_line(text) != k_proof_header) return bad_proof("首行不符", "its first line is another");
  ProofFile file;
  auto line = next_line(text);
  if (line && line->starts_with(k_extra)) {
    const auto extra = from_base64(line->substr(k_extra.size()));
    if (!extra || extra->empty()) return bad_proof("附加数据不符", "its extra data is not base64");
    file.extra = *extra;
    line = next_line(text);
  }
  const auto index = line && line->starts_with(k_index) ? from_decimal(line->substr(k_index.size())) : std::nullopt;
  if (!index) return bad_proof("没有序号", "it has no index");
  file.index = *index;
  for (line = next_line(text); line && !line->empty(); line = next_line(text)) {
    const auto hash = digest_of(*line);
    if (!hash) return bad_proof("有一行不是哈希", "a line is no hash");
    if (file.proof.size() == k_max_proof) return bad_proof("证明过长", "it has too many hashes");
    file.proof.push_back(*hash);
  }
  if (!line || text.empty()) return bad_proof("没有检查点", "it has no checkpoint");
  file.checkpoint = text;
  return file;
}

}  // namespace sparkgate::journal
