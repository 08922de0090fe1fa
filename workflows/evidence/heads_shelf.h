// The tree over the newest recorded heads, kept between bundles: to read it takes a row for every instance.
#pragma once

#include <memory>
#include <mutex>

#include "engine/heads.h"

namespace sparkgate::evidence {

class HeadsShelf {
 public:
  /// As HeadsTree::read, or the one that was read last. From any thread.
  std::shared_ptr<const HeadsTree> find(Reader& reader, const StoredLog& log, uint64_t at_size);

 private:
  std::mutex mutex_;
  int64_t log_ = -1;
  std::shared_ptr<const HeadsTree> tree_;
};

}  // namespace sparkgate::evidence
