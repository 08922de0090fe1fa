#include "workflows/violation/description.h"

#include "engine/base/embedded.h"
#include "workflows/describe.h"
#include "workflows/violation/lifecycle.h"

namespace sparkgate::violation {
namespace {

struct EventRow {
  const char *name, *zh, *en;
  bool is_system_s = false;
  Signing signing = Signing::none;
};

// clang-format off
constexpr EventRow k_events[] = {
  {"record" , "记录违法行为", "Record a violation"},  // the system, too
  {"confirm", "核实属实"    , "Confirm"               , false, Signing::possible},
  {"dismiss", "不予认定"    , "Dismiss"               , false, Signing::possible},
  {"erase"  , "清除个人信息", "Erase what is personal", true},
};
// clang-format on

}  // namespace

Description make_description() {
  const Json schemas = Json::parse(embedded("workflows/violation/events.json"));
  Description out;
  out.name = "violation";
  out.collection = "violations";
  out.label = {"违法记录", "Violation"};
  out.states = {{"Recorded", {"待核实", "Recorded"}},
                {"Confirmed", {"已核实", "Confirmed"}, true},
                {"Dismissed", {"不予认定", "Dismissed"}, true}};
  for (const EventRow& row : k_events) {
    EventSpec event = described_event(row.name, row.zh, row.en, schemas);
    if (!row.is_system_s) event.roles = {"enforcement"};
    event.creates = event.name == "record";
    event.fact = row.is_system_s;
    event.signing = row.signing;
    out.events.push_back(std::move(event));
  }
  out.transitions = transitions();
  return out;
}

}  // namespace sparkgate::violation
