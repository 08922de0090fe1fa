#include "engine/store/store.h"

#include <condition_variable>
#include <mutex>

namespace sparkgate {

struct ReaderPool::Shelf {
  std::mutex mutex;
  std::condition_variable returned;
  std::vector<std::unique_ptr<Reader>> readers;
};

ReaderPool::ReaderPool(Store& store, size_t size) : shelf_(std::make_unique<Shelf>()) {
  for (size_t i = 0; i < size; ++i) shelf_->readers.push_back(store.reader());
}

ReaderPool::~ReaderPool() = default;

ReaderPool::Loan ReaderPool::borrow() {
  std::unique_lock lock(shelf_->mutex);
  shelf_->returned.wait(lock, [&] { return !shelf_->readers.empty(); });
  auto reader = std::move(shelf_->readers.back());
  shelf_->readers.pop_back();
  return Loan(*this, std::move(reader));
}

ReaderPool::Loan::~Loan() {
  {
    const std::lock_guard lock(pool_.shelf_->mutex);
    pool_.shelf_->readers.push_back(std::move(reader_));
  }
  pool_.shelf_->returned.notify_one();
}

InstancePtr ReaderView::find(std::string_view id) const {
  auto filed = reader_.instance(id);
  return filed ? filed->instance : nullptr;
}

std::vector<InstancePtr> ReaderView::linked(std::string_view workflow, std::string_view kind,
                                            std::string_view ref) const {
  std::vector<InstancePtr> out;
  for (const std::string& id : reader_.linked(workflow, kind, ref)) {
    if (auto instance = find(id)) out.push_back(std::move(instance));
  }
  return out;
}

}  // namespace sparkgate
