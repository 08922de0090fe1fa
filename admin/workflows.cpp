#include "admin/workflows.h"

#include "workflows/hot_work_permit/permit.h"
#include "workflows/registry/workflow.h"

namespace sparkgate::admin {

void add_workflows(Registry& registry, const rules::Packs& packs) {
  for (auto& workflow : registry::workflows()) registry.add(std::move(workflow));
  registry.add(std::make_unique<permit::HotWorkPermit>(packs, permit::Settings{}));
}

}  // namespace sparkgate::admin
