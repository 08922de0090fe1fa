#include "workflows/evidence/gather_stamps.h"

#include "engine/journal/add_checkpoint.h"
#include "engine/log_reader.h"

namespace sparkgate::evidence {

Result<std::map<size_t, Stamp>> stamps_of(Reader& reader, const StoredLog& log, const SignedCheckpoint& signed_log,
                                          const std::vector<uint64_t>& indexes) {
  std::map<size_t, Stamp> out;
  const uint64_t size = signed_log.checkpoint.size;
  uint64_t stamped = 0;  // entries that the latest of `out` covers
  for (const uint64_t index : indexes) {
    if (index < stamped) continue;
    const auto found = reader.first_anchored(log.number, k_timestamp, index + 1);
    if (!found || found->size > size) break;
    auto way = LogReader(reader, log).consistency(found->size, size);
    if (!way) return tl::make_unexpected(way.error());
    const std::string text = journal::add_checkpoint_text({found->size, std::move(*way), signed_log.note});
    for (const Anchor& anchor : found->anchors) {
      if (anchor.kind == k_timestamp) out[out.size()] = {anchor.bytes, found->note, text};
    }
    stamped = found->size;
  }
  return out;
}

}  // namespace sparkgate::evidence
