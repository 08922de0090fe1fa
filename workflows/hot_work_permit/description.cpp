#include "workflows/hot_work_permit/description.h"

#include "engine/base/embedded.h"
#include "workflows/describe.h"
#include "workflows/hot_work_permit/field.h"
#include "workflows/hot_work_permit/lifecycle.h"

namespace sparkgate::permit {
namespace {

struct StateRow {
  const char *name, *zh, *en;
  bool terminal;
};

// clang-format off
constexpr StateRow k_states[] = {
  {"Draft"             , "草稿"    , "Draft"               , false},
  {"QualificationCheck", "资格核验", "Qualification check" , false},
  {"Returned"          , "退回"    , "Returned"            , false},
  {"UnderReview"       , "审批中"  , "Under review"        , false},
  {"Approved"          , "已批准"  , "Approved"            , false},
  {"SiteReady"         , "现场确认", "Site ready"          , false},
  {"InProgress"        , "作业中"  , "In progress"         , false},
  {"Suspended"         , "暂停"    , "Suspended"           , false},
  {"FireWatch"         , "作业后监护", "Fire watch after work", false},
  {"AwaitingAcceptance", "待验收"  , "Awaiting acceptance" , false},
  {"Closed"            , "已关闭"  , "Closed"              , true},
  {"Rejected"          , "不予批准", "Rejected"            , true},
  {"Withdrawn"         , "已撤回"  , "Withdrawn"           , true},
  {"Expired"           , "已过期"  , "Expired"             , true},
  {"Revoked"           , "已吊销"  , "Revoked"             , true},
};

enum Kind { makes, moves, records };
struct EventRow {
  const char *name, *zh, *en;
  Kind kind;
  const char* roles;  // separated by spaces; none: the system alone
  Signing signing = Signing::none;
};
constexpr Signing k_signable = Signing::possible;  // a decision that a person answers for

constexpr EventRow k_events[] = {
  {"create"           , "新建申请"  , "Create application"        , makes  , "applicant"},
  {"amend"            , "修改申请"  , "Amend application"         , moves  , "applicant"},
  {"submit"           , "提交"      , "Submit"                    , moves  , "applicant"},
  {"withdraw"         , "撤回"      , "Withdraw"                  , moves  , "applicant"},
  {"qualify"          , "核验通过"  , "Qualify"                   , moves  , "supervisor", k_signable},
  {"return"           , "退回"      , "Return"                    , moves  , "supervisor", k_signable},
  {"consent"          , "用火单位同意", "Consent of the site owner", records, "site_owner", k_signable},
  {"approve"          , "批准"      , "Approve"                   , moves  , "supervisor", k_signable},
  {"reject"           , "不予批准"  , "Reject"                    , moves  , "supervisor", k_signable},
  {"confirm_site"     , "确认现场"  , "Confirm the site"          , moves  , "supervisor", k_signable},
  {"measure_confirmed", "确认安全措施", "Confirm a measure"       , records, "applicant site_owner operator fire_watch"},
  {"briefing_accepted", "接受安全交底", "Accept the safety briefing", records, "operator"},
  {"gas_test"         , "气体分析"  , "Gas test"                  , records, "fire_watch"},
  {"watch_checked_in" , "监护人签到", "Fire watch checks in"      , records, "fire_watch"},
  {"watch_checked_out", "监护人离开", "Fire watch checks out"     , records, "fire_watch"},
  {"hand_over_watch"  , "移交监护"  , "Hand over the watch"       , records, "fire_watch"},
  {"take_over_watch"  , "接替监护"  , "Take over the watch"       , records, "fire_watch"},
  {"hand_over_shift"  , "交接班"    , "Hand over the shift"       , records, "applicant"},
  {"gas_readings"     , "连续检测数据", "Continuous gas readings" , records, "fire_watch"},
  {"pre_start_check"  , "开工前检查", "Check right before the start", records, "applicant site_owner"},
  {"revalidate"       , "逐日复核"  , "Validate for the day"      , records, "supervisor site_owner"},
  {"start"            , "开始作业"  , "Start work"                , moves  , "applicant"},
  {"round"            , "巡查"      , "Round"                     , records, "fire_watch"},
  {"suspend"          , "暂停作业"  , "Suspend work"              , moves  ,
   "applicant site_owner fire_watch supervisor grid_worker inspector enforcement"},
  {"release_hold"     , "解除停工"  , "Release a hold"            , records,
   "applicant site_owner fire_watch supervisor grid_worker inspector enforcement", k_signable},
  {"resume"           , "恢复作业"  , "Resume work"               , moves  , "applicant"},
  {"finish"           , "完工"      , "Finish work"               , moves  , "applicant"},
  {"complete_watch"   , "结束监护"  , "Complete the watch"        , moves  , "fire_watch", k_signable},
  {"accept"           , "验收"      , "Accept the place"          , moves  , "site_owner", k_signable},
  {"revoke"           , "吊销"      , "Revoke"                    , moves  , "supervisor", k_signable},
  {"expire"           , "时段结束"  , "The window ends"           , moves  , ""},
  {"round_missed"     , "巡查逾期"  , "A round is late"           , records, ""},
  {"watch_elapsed"    , "监护时间届满", "The watch's time is over", records, ""},
  {"watch_interrupted", "监护中断"  , "The watch was interrupted" , records, ""},
  {"monitoring_elapsed", "监测时间届满", "Monitoring is over"     , records, ""},
  {"erase"            , "清除个人信息", "Erase what is personal", records, ""},
  {"field_conflict"   , "离线事件未被接受", "An event from the field was refused", records, ""},
  {"settle_conflict"  , "处理冲突"  , "Settle a conflict"         , records, "supervisor"},
};
// clang-format on

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const size_t space = std::min(text.find(' '), text.size());
    out.emplace_back(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return out;
}

}  // namespace

Description make_description() {
  const Json schemas = Json::parse(embedded("workflows/hot_work_permit/events.json"));
  Description out;
  out.name = "hot_work_permit";
  out.collection = "permits";
  out.label = {"动火作业证", "Hot-work permit"};
  for (const StateRow& row : k_states) out.states.push_back({row.name, {row.zh, row.en}, row.terminal});
  for (const EventRow& row : k_events) {
    EventSpec event = described_event(row.name, row.zh, row.en, schemas);
    event.roles = words_of(row.roles);
    event.creates = row.kind == makes;
    event.fact = row.kind == records;
    event.signing = row.signing;
    event.field = may_come_from_field(row.name);
    out.events.push_back(std::move(event));
  }
  out.transitions = transitions();
  return out;
}

}  // namespace sparkgate::permit
