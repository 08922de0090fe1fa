#include "workflows/fsck/cached_view.h"

namespace sparkgate::fsck {
namespace {

constexpr size_t k_kept = 1024;

template <class Map>
void make_room(Map& map) {
  if (map.size() >= k_kept) map.clear();
}

}  // namespace

InstancePtr CachedView::find(std::string_view id) const {
  if (const auto known = found_.find(id); known != found_.end()) return known->second;
  make_room(found_);
  return found_.emplace(id, view_.find(id)).first->second;
}

std::vector<InstancePtr> CachedView::linked(std::string_view workflow, std::string_view kind,
                                            std::string_view ref) const {
  Key key(workflow, kind, ref);
  if (const auto known = linked_.find(key); known != linked_.end()) return known->second;
  make_room(linked_);
  return linked_.emplace(std::move(key), view_.linked(workflow, kind, ref)).first->second;
}

}  // namespace sparkgate::fsck
