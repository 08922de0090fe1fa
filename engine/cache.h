// The writer's instances in memory: what is committed (bounded, least recently used goes first), what the running
// batch has changed, and what the running command has changed. A layer that fails is dropped.
#pragma once

#include <list>
#include <unordered_map>

#include "engine/store/store.h"

namespace sparkgate {

class Cache {
 public:
  explicit Cache(size_t capacity) : capacity_(capacity) {}

  std::shared_ptr<const Filed> find(std::string_view id);
  void remember(const std::shared_ptr<const Filed>& filed);  // read from the store, unchanged
  void change(const std::shared_ptr<const Filed>& filed);    // by the running command

  void keep_command();
  /// True when there was anything.
  bool drop_command();
  /// What it replaced.
  using Replaced = std::vector<std::shared_ptr<const Filed>>;
  Replaced keep_batch();
  void drop_batch();

 private:
  using Layer = std::map<std::string, std::shared_ptr<const Filed>, std::less<>>;
  struct Slot {
    std::shared_ptr<const Filed> filed;
    std::list<std::string>::iterator place;
  };
  std::shared_ptr<const Filed> store(std::shared_ptr<const Filed> filed);

  size_t capacity_;
  std::unordered_map<std::string, Slot> committed_;
  std::list<std::string> order_;  // front: used last
  Layer batch_, command_;
};

}  // namespace sparkgate
