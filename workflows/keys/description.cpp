#include "workflows/keys/description.h"

#include "engine/base/embedded.h"
#include "workflows/describe.h"
#include "workflows/keys/lifecycle.h"
#include "workflows/keys/ring.h"
#include "workflows/registry/checks.h"

namespace sparkgate::keys {
namespace {

struct EventRow {
  const char *name, *zh, *en;
  bool is_admin_s;  // else everybody's, for their own ring
  Signing signing;
};

// clang-format off
constexpr EventRow k_events[] = {
  {"enrol"     , "登记首个密钥", "Enrol the first key", false, Signing::new_key},
  {"add_key"   , "增加密钥"    , "Add a key"          , false, Signing::new_key},
  {"endorse"   , "确认密钥"    , "Endorse a key"      , true , Signing::enroller_key},
  {"revoke_key", "停用密钥"    , "Revoke a key"       , false, Signing::none},  // must work without any key
  {"close"     , "关闭密钥环"  , "Close the ring"     , true , Signing::none},
};
// clang-format on

}  // namespace

Description make_description() {
  const Json schemas = Json::parse(embedded("workflows/keys/events.json"));
  Description out;
  out.name = k_workflow;
  out.collection = "key-rings";
  out.label = {"个人签名密钥", "A person's signing keys"};
  out.states = {{"Inactive", {"无有效密钥", "No key in force"}, false},
                {"Active", {"有效", "In force"}, false},
                {"Closed", {"已关闭", "Closed"}, true}};
  for (const EventRow& row : k_events) {
    EventSpec event = described_event(row.name, row.zh, row.en, schemas);
    event.roles = row.is_admin_s ? std::vector<std::string>{"admin"} : registry::every_role();
    event.creates = event.name == "enrol";
    event.signing = row.signing;
    out.events.push_back(std::move(event));
  }
  out.transitions = transitions();
  return out;
}

}  // namespace sparkgate::keys
