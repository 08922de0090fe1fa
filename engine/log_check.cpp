#include "engine/log_check.h"

#include <algorithm>

#include "engine/base/codes.h"

namespace sparkgate {
namespace {

using journal::k_tile_height;
using journal::k_tile_width;

tl::unexpected<Refusal> broken(const std::string& zh, const std::string& en) {
  return refuse(Code::log_broken, {{"reason", bilingual(zh, en)}});
}

tl::unexpected<Refusal> behind(const StoredLog& log, const journal::Mark& mark, std::string_view zh,
                               std::string_view en) {
  return refuse(Code::log_behind_mark,
                {{"origin", log.origin}, {"actual", log.size}, {"needed", mark.size}, {"reason", bilingual(zh, en)}});
}

Result<void> check_last_tile(Reader& reader, const LogReader& log) {
  const uint64_t full = log.log().size / k_tile_width;
  if (full == 0) return {};
  const auto tile = log.tile({0, full - 1, k_tile_width}, log.log().size);
  if (!tile) return tl::make_unexpected(tile.error());
  const auto root = reader.tile_roots(log.log().number, 0, full - 1, full);
  std::string leaves;
  journal::RightEdge edge;
  std::vector<journal::FullTile> completed;
  for (const Digest& leaf : log.hashes(0, (full - 1) * k_tile_width, full * k_tile_width)) {
    leaves += bytes_of(leaf);
    edge.append(leaf, completed);
  }
  if (leaves == *tile && root.size() == 1 && edge.root() == root.front()) return {};
  return broken("第 " + std::to_string(full - 1) + " 块与其条目不符",
                "tile " + std::to_string(full - 1) + " does not have its entries' hashes");
}

}  // namespace

Result<journal::RightEdge> load_right_edge(Reader& reader, const StoredLog& log) {
  const LogReader read(reader, log);
  std::vector<std::vector<Digest>> unfinished;
  for (uint64_t there = log.size; there > 0; there >>= k_tile_height) {
    const uint64_t width = there % k_tile_width;
    unfinished.push_back(read.hashes(static_cast<int>(unfinished.size()), there - width, there));
    if (unfinished.back().size() != width) return broken("缺少哈希", "hashes are missing");
  }
  journal::RightEdge edge(log.size, std::move(unfinished));
  if (edge.root() != log.root) return broken("根哈希不符", "the root hash is another");
  return edge;
}

Result<void> check_entries(Reader& reader, const StoredLog& log, int64_t entries) {
  const auto until = log.first + static_cast<int64_t>(log.size);
  if (entries != until || reader.count_entries(0, until) != until) {
    return broken("条目数与日志不符", "the number of entries is not the log's");
  }
  const int64_t from = std::max(log.first, until - k_tile_width);
  const auto leaves = reader.leaves(from, until);
  const auto bytes = reader.entry_bytes(from, until);
  for (size_t i = 0; i < leaves.size(); ++i) {
    if (journal::leaf_hash(bytes[i]) == leaves[i]) continue;
    const std::string index = std::to_string(from + static_cast<int64_t>(i));
    return broken("第 " + index + " 条与其叶哈希不符", "entry " + index + " does not have its leaf hash");
  }
  return check_last_tile(reader, LogReader(reader, log));
}

Result<void> check_mark(Reader& reader, const std::vector<StoredLog>& logs, const journal::Mark& mark) {
  const auto marked =
      std::find_if(logs.begin(), logs.end(), [&](const StoredLog& log) { return sha256(log.origin) == mark.origin; });
  const StoredLog& current = logs.back();
  if (marked == logs.end()) {
    return behind(current, mark, "标记属于数据目录中没有的日志", "the mark is of a log that the data does not hold");
  }
  if (marked->number != current.number) return {};
  if (current.size < mark.size) {
    return behind(current, mark, "日志短于已签名的长度", "the log is shorter than what was signed");
  }
  const auto root = LogReader(reader, current).root(mark.size);
  if (!root) return tl::make_unexpected(root.error());
  if (*root != mark.root) {
    return behind(current, mark, "已签名的内容与日志不符", "what was signed is not what the log holds");
  }
  return {};
}

}  // namespace sparkgate
