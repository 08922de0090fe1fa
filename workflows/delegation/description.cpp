#include "workflows/delegation/description.h"

#include "engine/base/embedded.h"
#include "workflows/delegation/lifecycle.h"
#include "workflows/describe.h"

namespace sparkgate::delegation {
namespace {

struct EventRow {
  const char *name, *zh, *en;
  std::vector<std::string> roles;  // none: the system alone
};

// clang-format off
const EventRow k_events[] = {
  {"delegate", "委托代理审批", "Delegate approvals"    , {"supervisor"}},
  {"revoke"  , "撤销委托"    , "Revoke"                , {"supervisor", "admin"}},
  {"begin"   , "开始"        , "It begins"             , {}},
  {"end"     , "到期"        , "It ends"               , {}},
  {"erase"   , "清除个人信息", "Erase what is personal", {}},
};
// clang-format on

}  // namespace

Description make_description() {
  const Json schemas = Json::parse(embedded("workflows/delegation/events.json"));
  Description out;
  out.name = "delegation";
  out.collection = "delegations";
  out.label = {"代理审批", "Delegation"};
  out.states = {{"Planned", {"未开始", "Planned"}},
                {"InForce", {"代理中", "In force"}},
                {"Ended", {"已到期", "Ended"}, true},
                {"Revoked", {"已撤销", "Revoked"}, true}};
  for (const EventRow& row : k_events) {
    EventSpec event = described_event(row.name, row.zh, row.en, schemas);
    event.roles = row.roles;
    event.creates = event.name == "delegate";
    event.fact = event.name == "erase";
    out.events.push_back(std::move(event));
  }
  out.transitions = transitions();
  return out;
}

}  // namespace sparkgate::delegation
