#include "engine/registry.h"

#include "engine/base/codes.h"

namespace sparkgate {

void Registry::add(std::unique_ptr<Workflow> workflow) {
  Registered registered;
  for (const EventSpec& event : workflow->description().events) {
    registered.schemas.emplace(event.name, Schema(event.payload_schema));
  }
  registered.workflow = std::move(workflow);
  all_.push_back(std::move(registered));
}

const Workflow* Registry::find(std::string_view name) const {
  for (const Registered& r : all_) {
    if (r.workflow->description().name == name) return r.workflow.get();
  }
  return nullptr;
}

const Workflow* Registry::by_collection(std::string_view collection) const {
  for (const Registered& r : all_) {
    if (r.workflow->description().collection == collection) return r.workflow.get();
  }
  return nullptr;
}

Result<void> Registry::check(const Workflow& workflow, std::string_view event, const Json& payload) const {
  for (const Registered& r : all_) {
    if (r.workflow.get() != &workflow) continue;
    if (auto it = r.schemas.find(event); it != r.schemas.end()) return it->second.check(payload);
  }
  return refuse(Code::unknown_event, {{"event", event}});
}

}  // namespace sparkgate
