#include "engine/cache.h"

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

void Cache::store(const std::shared_ptr<const Filed>& filed) {
  const std::string& id = filed->instance->id;
  if (auto it = committed_.find(id); it != committed_.end()) {
    it->second.filed = filed;
    order_.splice(order_.begin(), order_, it->second.place);
    return;
  }
  order_.push_front(id);
  committed_[id] = {filed, order_.begin()};
  if (committed_.size() <= capacity_) return;
  committed_.erase(order_.back());
  order_.pop_back();
}

void Cache::remember(const std::shared_ptr<const Filed>& filed) { store(filed); }

void Cache::change(const std::shared_ptr<const Filed>& filed) { command_[filed->instance->id] = filed; }

void Cache::keep_command() {
  for (auto& [id, filed] : command_) batch_[id] = std::move(filed);
  command_.clear();
}

void Cache::keep_batch() {
  for (const auto& [id, filed] : batch_) store(filed);
  batch_.clear();
}

void Cache::drop_batch() {
  command_.clear();
  batch_.clear();
}

std::vector<InstancePtr> Cache::changed() const {
  std::vector<InstancePtr> out;
  for (const auto& [id, filed] : batch_) out.push_back(filed->instance);
  return out;
}

}  // namespace sparkgate
