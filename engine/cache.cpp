#include "engine/cache.h"

#include <utility>

namespace sparkgate {

std::shared_ptr<const Filed> Cache::find(std::string_view id) {
  for (const Layer* layer : {&command_, &batch_}) {
    if (auto it = layer->find(id); it != layer->end()) return it->second;
  }
  auto it = committed_.find(std::string(id));
  if (it == committed_.end()) return nullptr;
  order_.splice(order_.begin(), order_, it->second.place);
  return it->second.filed;
}

// What went for it: the instance's former version, or the one that nobody used for longest.
std::shared_ptr<const Filed> Cache::store(std::shared_ptr<const Filed> filed) {
  const std::string& id = filed->instance->id;
  if (auto it = committed_.find(id); it != committed_.end()) {
    order_.splice(order_.begin(), order_, it->second.place);
    return std::exchange(it->second.filed, std::move(filed));
  }
  order_.push_front(id);
  committed_[id] = {std::move(filed), order_.begin()};
  if (committed_.size() <= capacity_) return nullptr;
  const auto oldest = committed_.find(order_.back());
  auto gone = std::move(oldest->second.filed);
  committed_.erase(oldest);
  order_.pop_back();
  return gone;
}

void Cache::remember(const std::shared_ptr<const Filed>& filed) { store(filed); }

void Cache::change(const std::shared_ptr<const Filed>& filed) { command_[filed->instance->id] = filed; }

void Cache::keep_command() {
  for (auto& [id, filed] : command_) batch_[id] = std::move(filed);
  command_.clear();
}

bool Cache::drop_command() {
  const bool any = !command_.empty();
  command_.clear();
  return any;
}

Cache::Replaced Cache::keep_batch() {
  Replaced replaced;
  replaced.reserve(batch_.size());
  for (auto& [id, filed] : batch_) replaced.push_back(store(std::move(filed)));
  batch_.clear();
  return replaced;
}

void Cache::drop_batch() {
  command_.clear();
  batch_.clear();
}

}  // namespace sparkgate
