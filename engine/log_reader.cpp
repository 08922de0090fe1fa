#include "engine/log_reader.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "engine/base/codes.h"

namespace sparkgate {
namespace {

using journal::k_tile_height;
using journal::k_tile_width;

tl::unexpected<Refusal> missing(std::string_view zh, std::string_view en) {
  return refuse(Code::log_broken, {{"reason", bilingual(zh, en)}});
}

std::vector<Digest> digests_of(std::string_view bytes) {
  std::vector<Digest> out(bytes.size() / sizeof(Digest));
  if (!out.empty()) std::memcpy(out.data(), bytes.data(), out.size() * sizeof(Digest));
  return out;
}

// Roots of subtrees for one question: each tile is read once. A missing hash is noticed and told at the end.
class Tiles {
 public:
  Tiles(Reader& reader, const LogReader& log, uint64_t size) : reader_(reader), log_(log), size_(size) {}

  Digest subtree(int level, uint64_t number) {
    const int tile_level = level / k_tile_height, height = level % k_tile_height;
    const uint64_t first = number << height;
    const auto& hashes = tile(tile_level, first / k_tile_width);
    const uint64_t at = first % k_tile_width, count = uint64_t{1} << height;
    if (at + count > hashes.size()) {
      is_broken_ = true;
      return {};
    }
    return root_over(hashes, at, height, 0);
  }
  journal::Subtrees subtrees() {
    return [this](int level, uint64_t number) { return subtree(level, number); };
  }
  template <class T>
  Result<T> checked(T value) const {
    if (is_broken_) return missing("缺少哈希", "hashes are missing");
    return value;
  }

 private:
  static Digest root_over(const std::vector<Digest>& hashes, uint64_t at, int level, uint64_t number) {
    if (level == 0) return hashes[at + number];
    return journal::node_hash(root_over(hashes, at, level - 1, 2 * number),
                              root_over(hashes, at, level - 1, 2 * number + 1));
  }
  const std::vector<Digest>& tile(int level, uint64_t number) {
    const auto known = tiles_.find({level, number});
    if (known != tiles_.end()) return known->second;
    auto full = reader_.tile(log_.log().number, level, number);
    const uint64_t from = number * k_tile_width, there = size_ >> (k_tile_height * level);
    auto hashes = full ? digests_of(*full) : log_.hashes(level, from, std::min(from + k_tile_width, there));
    return tiles_.emplace(std::pair(level, number), std::move(hashes)).first->second;
  }

  Reader& reader_;
  const LogReader& log_;
  const uint64_t size_;
  std::map<std::pair<int, uint64_t>, std::vector<Digest>> tiles_;
  bool is_broken_ = false;
};

}  // namespace

std::vector<Digest> LogReader::hashes(int level, uint64_t from, uint64_t until) const {
  if (level > 0) return reader_.tile_roots(log_.number, level - 1, from, until);
  return reader_.leaves(log_.first + static_cast<int64_t>(from), log_.first + static_cast<int64_t>(until));
}

Result<Digest> LogReader::root(uint64_t size) const {
  Tiles tiles(reader_, *this, size);
  const Digest root = journal::root_of(size, tiles.subtrees());
  return tiles.checked(root);
}

Result<journal::Proof> LogReader::inclusion(uint64_t index, uint64_t size) const {
  Tiles tiles(reader_, *this, size);
  auto proof = journal::inclusion_proof(index, size, tiles.subtrees());
  return tiles.checked(std::move(proof));
}

Result<journal::Proof> LogReader::consistency(uint64_t from, uint64_t to) const {
  Tiles tiles(reader_, *this, to);
  auto proof = journal::consistency_proof(from, to, tiles.subtrees());
  return tiles.checked(std::move(proof));
}

Result<std::string> LogReader::tile(const journal::TileName& name, uint64_t size) const {
  const bool is_bundle = name.level == journal::TileName::k_entries;
  const int level = is_bundle ? 0 : name.level;
  const uint64_t there = level < 64 / k_tile_height ? size >> (k_tile_height * level) : 0;
  if (name.number > there / k_tile_width) return refuse(Code::not_found);
  const uint64_t from = name.number * k_tile_width, until = from + static_cast<uint64_t>(name.width);
  if (until > there) return refuse(Code::not_found);
  if (is_bundle) return bundle(from, until);
  if (name.width == k_tile_width) {
    if (auto full = reader_.tile(log_.number, level, name.number)) return *full;
  }
  std::string out;
  for (const Digest& hash : hashes(level, from, until)) out += bytes_of(hash);
  if (out.size() != static_cast<size_t>(name.width) * sizeof(Digest)) return missing("缺少哈希", "hashes are missing");
  return out;
}

Result<std::string> LogReader::bundle(uint64_t from, uint64_t until) const {
  const auto first = log_.first + static_cast<int64_t>(from), last = log_.first + static_cast<int64_t>(until);
  const auto entries = reader_.entry_bytes(first, last);
  if (entries.size() != until - from) return missing("缺少条目", "entries are missing");
  return journal::entry_bundle(entries);
}

const StoredLog& log_of(const std::vector<StoredLog>& logs, int64_t entry) {
  const auto after = std::find_if(logs.begin(), logs.end(), [&](const StoredLog& log) { return log.first > entry; });
  return after == logs.begin() ? logs.front() : *(after - 1);
}

}  // namespace sparkgate
