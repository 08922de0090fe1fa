#include "workflows/report/events.h"

#include <algorithm>

namespace sparkgate::report {
namespace {

bool always(const StoredReport&, const History&) { return true; }
bool is_held(const StoredReport& report, const History&) { return report.is_held; }
bool is_not_held(const StoredReport& report, const History&) { return !report.is_held; }
bool is_open(const StoredReport& report, const History&) { return !state_row(report.state).is_ended; }
bool is_reward_open(const StoredReport& report, const History& history) {
  const bool is_told = report.state == "FeedbackGiven" || report.state == "Closed";
  return is_told && was_found_true(history) && !history.has("claim_reward");
}

}  // namespace

// clang-format off
const std::vector<EventRow>& events() {
  static const std::vector<EventRow> rows = {
    // name           label                                     by            says           may, of a fact
    {"file"         , {"举报", "Report"}                      , By::source , Says::must   },
    {"acknowledge"  , {"受理", "Acknowledge"}                 , By::officer, Says::may    },
    {"triage"       , {"核定类别与缓急", "Triage"}            , By::officer, Says::may    },
    {"assign"       , {"指派承办人", "Assign"}                , By::officer, Says::nothing},
    {"investigate"  , {"开始核查", "Begin to investigate"}    , By::officer, Says::may    },
    {"substantiate" , {"核查属实", "Found true"}              , By::officer, Says::nothing},
    {"refute"       , {"核查不属实", "Not found true"}        , By::officer, Says::nothing},
    {"give_feedback", {"反馈结果", "Give feedback"}           , By::officer, Says::must   },
    {"close"        , {"办结", "Close"}                       , By::officer, Says::nothing},
    {"merge"        , {"并入另一举报", "Merge"}               , By::officer, Says::must   },
    {"dismiss"      , {"不予受理", "Dismiss"}                 , By::officer, Says::must   },
    {"hand_off"     , {"转交现场检查", "Hand on to inspectors"}, By::officer, Says::nothing, is_open       },
    {"say"          , {"询问举报人", "Ask the reporter"}      , By::officer, Says::must   , is_open       },
    {"answer"       , {"补充情况", "Add something"}           , By::source , Says::must   , is_open       },
    {"object"       , {"对结果有异议", "Object to the outcome"}, By::source , Says::must  },
    {"claim_reward" , {"申领奖励", "Claim the reward"}        , By::source , Says::nothing, is_reward_open},
    {"hold"         , {"暂停销毁", "Keep beyond its time"}    , By::officer, Says::nothing, is_not_held   },
    {"release"      , {"恢复到期销毁", "No longer keep"}      , By::officer, Says::nothing, is_held       },
    {"export"       , {"移送其他机关", "Hand to another authority"}, By::two_officers, Says::nothing, always},
    {"escalate"     , {"逾期升级", "Overdue"}                 , By::system , Says::nothing, always        },
  };
  return rows;
}

const std::vector<StateRow>& states() {
  static const std::vector<StateRow> rows = {
    {"Received"       , {"待受理", "Received"}
                      , {"已收到，尚未受理。", "It has been received and will be looked at."}, false},
    {"Acknowledged"   , {"已受理", "Acknowledged"}
                      , {"已受理，正在判断如何办理。", "It has been taken up."}, false},
    {"Triaged"        , {"已核定", "Triaged"}
                      , {"已受理，即将指派人员核查。", "It will be given to somebody to investigate."}, false},
    {"Assigned"       , {"已指派", "Assigned"}
                      , {"已指派人员核查。", "Somebody has been asked to investigate."}, false},
    {"Investigating"  , {"核查中", "Investigating"}
                      , {"正在核查。", "It is being investigated."}, false},
    {"Substantiated"  , {"属实", "Found true"}
                      , {"核查已结束，结果即将反馈。", "The investigation is over; you will be told its outcome."}, false},
    {"Unsubstantiated", {"不属实", "Not found true"}
                      , {"核查已结束，结果即将反馈。", "The investigation is over; you will be told its outcome."}, false},
    {"FeedbackGiven"  , {"已反馈", "Feedback given"}
                      , {"结果见下。如有异议，可以提出一次。", "The outcome stands below. You can object to it once."}, false},
    {"Closed"         , {"已办结", "Closed"}
                      , {"已办结。", "It is closed."}, true, 3 * 365},
    {"Merged"         , {"已并案", "Merged"}
                      , {"与另一举报所述相同，一并办理。", "It tells of the same as another report and is handled with that."}, true, 365},
    {"Dismissed"      , {"不予受理", "Dismissed"}
                      , {"未予受理，理由见下。如有异议，可以提出一次。",
                         "It was not taken up; the reason stands below. You can object to that once."}, true, 365},
  };
  return rows;
}
// clang-format on

const EventRow* event_row(std::string_view name) {
  const auto at = std::find_if(events().begin(), events().end(), [&](const EventRow& row) { return row.name == name; });
  return at == events().end() ? nullptr : &*at;
}

const StateRow& state_row(std::string_view name) {
  static const StateRow unknown = {"", {"状态不明", "Unknown"},
                                   {"记录已损坏，请联系受理机关。", "Its record is damaged: ask the office."}, false};
  const auto at = std::find_if(states().begin(), states().end(), [&](const StateRow& row) { return row.name == name; });
  return at == states().end() ? unknown : *at;
}

}  // namespace sparkgate::report
