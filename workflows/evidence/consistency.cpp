// consistency = "old " size LF *63(base64(hash) LF) LF note
#include "workflows/evidence/consistency.h"

#include <algorithm>

#include "engine/base/decimal.h"

namespace sparkgate::evidence {
namespace {

constexpr std::string_view k_old = "old ";

tl::unexpected<Refusal> malformed() {
  return refuse(Code::proof_malformed, {{"reason", bilingual("不是一致性证明", "it is no consistency proof")}});
}

}  // namespace

std::string consistency_text(const Consistency& consistency) {
  std::string out = std::string(k_old) + std::to_string(consistency.old_size) + "\n";
  for (const Digest& hash : consistency.proof) out += base64(bytes_of(hash)) + "\n";
  return out + "\n" + consistency.checkpoint;
}

Result<Consistency> parse_consistency(std::string_view text) {
  const size_t gap = text.find("\n\n");
  if (gap == text.npos || !text.starts_with(k_old)) return malformed();
  std::string_view head = text.substr(k_old.size(), gap + 1 - k_old.size());
  Consistency out;
  out.checkpoint = text.substr(gap + 2);
  const auto next = [&] {
    const std::string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(line.size() + 1);
    return line;
  };
  const auto size = from_decimal(next());
  if (!size) return malformed();
  out.old_size = *size;
  while (!head.empty()) {
    const auto bytes = from_base64(next());
    if (!bytes || bytes->size() != sizeof(Digest) || out.proof.size() == journal::k_max_proof) return malformed();
    std::copy(bytes->begin(), bytes->end(), out.proof.emplace_back().begin());
  }
  return out;
}

}  // namespace sparkgate::evidence
