// Committed state with what was asked for lately kept: what many instances depend on (units, areas) is read once.
#pragma once

#include "engine/store/store.h"

namespace sparkgate::fsck {

class CachedView final : public View {
 public:
  explicit CachedView(Reader& reader) : view_(reader) {}
  InstancePtr find(std::string_view id) const override;
  std::vector<InstancePtr> linked(std::string_view workflow, std::string_view kind,
                                  std::string_view ref) const override;
  int64_t counter(std::string_view name) const override { return view_.counter(name); }

 private:
  using Key = std::tuple<std::string, std::string, std::string>;
  const ReaderView view_;
  mutable std::map<std::string, InstancePtr, std::less<>> found_;
  mutable std::map<Key, std::vector<InstancePtr>> linked_;
};

}  // namespace sparkgate::fsck
