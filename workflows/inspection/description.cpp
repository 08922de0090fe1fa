#include "workflows/inspection/description.h"

#include "engine/base/embedded.h"
#include "workflows/describe.h"
#include "workflows/inspection/lifecycle.h"

namespace sparkgate::inspection {
namespace {

enum Kind { makes, moves, records };
struct EventRow {
  const char *name, *zh, *en;
  Kind kind;
  bool is_system_s = false;
  Signing signing = Signing::none;
};

// clang-format off
constexpr EventRow k_events[] = {
  {"open"     , "开始检查"    , "Open an inspection"    , makes},
  {"refer"    , "交办检查"    , "Refer for inspection"  , makes  , true},
  {"begin"    , "到场检查"    , "Begin on site"         , moves},
  {"record"   , "记录检查结果", "Record results"        , records},
  {"stop_work", "责令停工"    , "Stop the work"         , records},
  {"conclude" , "作出结论"    , "Conclude"              , moves  , false, Signing::possible},
  {"withdraw" , "撤销检查"    , "Withdraw"              , moves},
  {"erase"    , "清除个人信息", "Erase what is personal", records, true},
};
// clang-format on

}  // namespace

const std::vector<std::string>& inspectors() {
  static const std::vector<std::string> k_roles = {"grid_worker", "inspector", "enforcement", "supervisor"};
  return k_roles;
}

Description make_description() {
  const Json schemas = Json::parse(embedded("workflows/inspection/events.json"));
  Description out;
  out.name = "inspection";
  out.collection = "inspections";
  out.label = {"现场检查", "Inspection"};
  out.states = {{"Referred", {"待检查", "Referred"}},
                {"Open", {"检查中", "Open"}},
                {"Concluded", {"已结论", "Concluded"}, true},
                {"Withdrawn", {"已撤销", "Withdrawn"}, true}};
  for (const EventRow& row : k_events) {
    EventSpec event = described_event(row.name, row.zh, row.en, schemas);
    if (!row.is_system_s) event.roles = inspectors();
    event.creates = row.kind == makes;
    event.fact = row.kind == records;
    event.signing = row.signing;
    out.events.push_back(std::move(event));
  }
  out.transitions = transitions();
  return out;
}

}  // namespace sparkgate::inspection
