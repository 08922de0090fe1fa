// What links lead to, as the writer has read it from the store; forgotten as soon as a link of that kind and ref comes
// or goes. Registers are asked for with every command, and change rarely.
#pragma once

#include <unordered_map>

#include "engine/workflow.h"

namespace sparkgate {

class LinkCache {
 public:
  /// Ids of the instances with that link; `read` is called when they are not known. Valid until the next call.
  template <class Read>
  const std::vector<std::string>& ids(std::string_view workflow, std::string_view kind, std::string_view ref,
                                      const Read& read) {
    std::string key = key_of(workflow, kind, ref);
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    if (known_.size() >= k_most_links) known_.clear();
    return known_.emplace(std::move(key), read()).first->second;
  }

  /// The instance's links are no longer what they were, or no longer the same.
  void forget(std::string_view workflow, const Index& index) {
    for (const auto& [kind, ref] : index.links) known_.erase(key_of(workflow, kind, ref));
  }

  /// What was read in a transaction that came to nothing.
  void clear() { known_.clear(); }

 private:
  static constexpr size_t k_most_links = 4096;
  static std::string key_of(std::string_view workflow, std::string_view kind, std::string_view ref) {
    std::string key;
    key.reserve(workflow.size() + kind.size() + ref.size() + 2);
    return key.append(workflow).append("\n").append(kind).append("\n").append(ref);
  }

  std::unordered_map<std::string, std::vector<std::string>> known_;
};

}  // namespace sparkgate
