// A View over a handful of instances that a test puts together by hand.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate::test {

class FakeView final : public View {
 public:
  /// Adds or replaces an instance; its links are the ones given.
  void put(Instance instance, std::vector<std::pair<std::string, std::string>> links = {}) {
    const std::string id = instance.id;
    filed_[id] = {std::make_shared<const Instance>(std::move(instance)), std::move(links)};
  }

  /// An area of the tree, registered and valid.
  void area(const std::string& code, const std::string& parent) {
    Instance instance;
    instance.id = "area-" + code;
    instance.workflow = "area";
    instance.state = "Valid";
    instance.version = 1;
    instance.data = {{"code", code}, {"parent", parent}, {"zone", "Asia/Shanghai"}};
    put(std::move(instance), {{"area_code", code}});
  }

  InstancePtr find(std::string_view id) const override {
    const auto it = filed_.find(std::string(id));
    return it == filed_.end() ? nullptr : it->second.first;
  }

  std::vector<InstancePtr> linked(std::string_view workflow, std::string_view kind,
                                  std::string_view ref) const override {
    std::vector<InstancePtr> out;
    for (const auto& [id, filed] : filed_) {
      for (const auto& link : filed.second) {
        if (filed.first->workflow == workflow && link.first == kind && link.second == ref) {
          out.push_back(filed.first);
          break;
        }
      }
    }
    return out;
  }

  int64_t counter(std::string_view name) const override {
    const auto it = counters.find(name);
    return it == counters.end() ? 0 : it->second;
  }
  std::map<std::string, int64_t, std::less<>> counters;

 private:
  std::map<std::string, std::pair<InstancePtr, std::vector<std::pair<std::string, std::string>>>> filed_;
};

}  // namespace sparkgate::test
