// request = "old " size LF *63(base64(hash) LF) LF note
#include "engine/journal/add_checkpoint.h"

#include "engine/base/codes.h"
#include "engine/base/decimal.h"
#include "engine/journal/lines.h"

namespace sparkgate::journal {
namespace {

constexpr std::string_view k_old = "old ";

tl::unexpected<Refusal> malformed(std::string_view zh, std::string_view en) {
  return refuse(Code::add_checkpoint_malformed, {{"reason", bilingual(zh, en)}});
}

}  // namespace

std::string add_checkpoint_text(const AddCheckpoint& request) {
  std::string out = std::string(k_old) + std::to_string(request.old_size) + "\n";
  for (const Digest& hash : request.proof) out += base64(bytes_of(hash)) + "\n";
  return out + "\n" + request.checkpoint;
}

Result<AddCheckpoint> parse_add_checkpoint(std::string_view text) {
  AddCheckpoint request;
  auto line = next_line(text);
  const auto size = line && line->starts_with(k_old) ? from_decimal(line->substr(k_old.size())) : std::nullopt;
  if (!size) return malformed("首行不是原条目数", "its first line is no old size");
  request.old_size = *size;
  for (line = next_line(text); line && !line->empty(); line = next_line(text)) {
    const auto hash = digest_of(*line);
    if (!hash) return malformed("有一行不是哈希", "a line is no hash");
    if (request.proof.size() == k_max_proof) return malformed("证明过长", "the proof has too many hashes");
    request.proof.push_back(*hash);
  }
  if (!line || text.empty()) return malformed("没有检查点", "it has no checkpoint");
  request.checkpoint = text;
  return request;
}

}  // namespace sparkgate::journal
