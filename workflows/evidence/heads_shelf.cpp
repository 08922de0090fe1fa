#include "workflows/evidence/heads_shelf.h"

namespace sparkgate::evidence {

std::shared_ptr<const HeadsTree> HeadsShelf::find(Reader& reader, const StoredLog& log, uint64_t at_size) {
  const std::lock_guard lock(mutex_);  // others wait for the same tree rather than read it too
  if (!tree_ || log_ != log.number || tree_->at_size() != at_size) {
    tree_ = std::make_shared<const HeadsTree>(HeadsTree::read(reader, log, at_size));
    log_ = log.number;
  }
  return tree_;
}

}  // namespace sparkgate::evidence
