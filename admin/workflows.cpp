#include "admin/workflows.h"

#include "workflows/delegation/workflow.h"
#include "workflows/hot_work_permit/permit.h"
#include "workflows/inspection/workflow.h"
#include "workflows/keys/workflow.h"
#include "workflows/log/workflow.h"
#include "workflows/registry/workflow.h"
#include "workflows/rule_packs/workflow.h"
#include "workflows/violation/workflow.h"

namespace sparkgate::admin {

void add_workflows(Registry& registry, const rules::Packs& packs, size_t enrollers) {
  registry.add(std::make_unique<log::LogWorkflow>());
  for (auto& workflow : registry::workflows()) registry.add(std::move(workflow));
  registry.add(std::make_unique<keys::KeyRing>(keys::Settings{enrollers}));
  registry.add(std::make_unique<rule_packs::RulePacks>(packs));
  registry.add(std::make_unique<delegation::Delegations>(delegation::Settings{}));
  registry.add(std::make_unique<permit::HotWorkPermit>(packs, permit::Settings{}));
  registry.add(std::make_unique<inspection::Inspections>(packs, inspection::Settings{}));
  registry.add(std::make_unique<violation::Violations>(violation::Settings{}));
}

}  // namespace sparkgate::admin
