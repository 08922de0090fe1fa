#include "workflows/hot_work_permit/lifecycle.h"

#include <algorithm>
#include <array>

#include "workflows/machine.h"

namespace sparkgate::permit {
namespace {

using machine::New;
using machine::none;
using machine::Row;
using machine::State;

using Draft = State<"Draft">;
using QualificationCheck = State<"QualificationCheck">;
using Returned = State<"Returned">;
using UnderReview = State<"UnderReview">;
using Approved = State<"Approved">;
using SiteReady = State<"SiteReady">;
using InProgress = State<"InProgress">;
using Suspended = State<"Suspended">;
using FireWatch = State<"FireWatch">;
using AwaitingAcceptance = State<"AwaitingAcceptance">;
using Closed = State<"Closed">;
using Rejected = State<"Rejected">;
using Withdrawn = State<"Withdrawn">;
using Expired = State<"Expired">;
using Revoked = State<"Revoked">;

template <machine::Name n>
using Event = machine::Event<n, LifecycleFacts>;
using Create = Event<"create">;
using Amend = Event<"amend">;
using Submit = Event<"submit">;
using Qualify = Event<"qualify">;
using Return = Event<"return">;
using Approve = Event<"approve">;
using Reject = Event<"reject">;
using Withdraw = Event<"withdraw">;
using ConfirmSite = Event<"confirm_site">;
using Start = Event<"start">;
using Suspend = Event<"suspend">;
using Resume = Event<"resume">;
using Finish = Event<"finish">;
using CompleteWatch = Event<"complete_watch">;
using Accept = Event<"accept">;
using Revoke = Event<"revoke">;
using Expire = Event<"expire">;

using is_last_approval = machine::Flag<"is_last_approval", &LifecycleFacts::is_last_approval>;

struct was_revoked {
  static constexpr std::string_view name = "was_revoked";
  template <class E, class M, class S, class T>
  bool operator()(const E& event, M&, S&, T&) const {
    return event.facts.end_cause == "revoked";
  }
};

struct has_expired {
  static constexpr std::string_view name = "has_expired";
  template <class E, class M, class S, class T>
  bool operator()(const E& event, M&, S&, T&) const {
    return event.facts.end_cause == "expired";
  }
};

// clang-format off
struct Permit : machine::Lifecycle<Permit> {
  using initial_state = New;
  struct transition_table : boost::mpl::vector44<
    //   from               event          to                   action  guard
    Row< New              , Create       , Draft              , none, none             >,
    Row< Draft            , Amend        , Draft              , none, none             >,
    Row< Draft            , Submit       , QualificationCheck , none, none             >,
    Row< Draft            , Withdraw     , Withdrawn          , none, none             >,
    Row< Draft            , Expire       , Expired            , none, none             >,  // the window ended before work
    Row< QualificationCheck, Qualify     , UnderReview        , none, none             >,  // by the system, or a person with evidence
    Row< QualificationCheck, Return      , Returned           , none, none             >,  // with findings
    Row< QualificationCheck, Withdraw    , Withdrawn          , none, none             >,
    Row< QualificationCheck, Expire      , Expired            , none, none             >,
    Row< Returned         , Amend        , Draft              , none, none             >,
    Row< Returned         , Submit       , QualificationCheck , none, none             >,  // when the registry was mended, not the form
    Row< Returned         , Withdraw     , Withdrawn          , none, none             >,
    Row< Returned         , Expire       , Expired            , none, none             >,
    Row< UnderReview      , Amend        , QualificationCheck , none, none             >,  // voids approvals and consent
    Row< UnderReview      , Approve      , UnderReview        , none, none             >,
    Row< UnderReview      , Approve      , Approved           , none, is_last_approval >,
    Row< UnderReview      , Return       , Returned           , none, none             >,
    Row< UnderReview      , Reject       , Rejected           , none, none             >,
    Row< UnderReview      , Withdraw     , Withdrawn          , none, none             >,
    Row< UnderReview      , Expire       , Expired            , none, none             >,
    Row< Approved         , ConfirmSite  , SiteReady          , none, none             >,
    Row< Approved         , Suspend      , Approved           , none, none             >,  // before work: a hold that blocks the start
    Row< Approved         , Withdraw     , Withdrawn          , none, none             >,
    Row< Approved         , Revoke       , Revoked            , none, none             >,
    Row< Approved         , Expire       , Expired            , none, none             >,
    Row< SiteReady        , Start        , InProgress         , none, none             >,
    Row< SiteReady        , Suspend      , SiteReady          , none, none             >,
    Row< SiteReady        , Withdraw     , Withdrawn          , none, none             >,
    Row< SiteReady        , Revoke       , Revoked            , none, none             >,
    Row< SiteReady        , Expire       , Expired            , none, none             >,
    Row< InProgress       , Suspend      , Suspended          , none, none             >,
    Row< InProgress       , Finish       , FireWatch          , none, none             >,
    Row< InProgress       , Revoke       , FireWatch          , none, none             >,  // once work began, the place is watched
    Row< InProgress       , Expire       , FireWatch          , none, none             >,  // whatever the paper says
    Row< Suspended        , Resume       , InProgress         , none, none             >,
    Row< Suspended        , Suspend      , Suspended          , none, none             >,  // one more hold
    Row< Suspended        , Finish       , FireWatch          , none, none             >,
    Row< Suspended        , Revoke       , FireWatch          , none, none             >,
    Row< Suspended        , Expire       , FireWatch          , none, none             >,
    Row< FireWatch        , Revoke       , FireWatch          , none, none             >,  // the cause is kept, the watch goes on
    Row< FireWatch        , CompleteWatch, AwaitingAcceptance , none, none             >,
    Row< FireWatch        , CompleteWatch, Revoked            , none, was_revoked      >,
    Row< FireWatch        , CompleteWatch, Expired            , none, has_expired      >,
    Row< AwaitingAcceptance, Accept      , Closed             , none, none             >
  > {};
};

struct FactRow {
  std::string_view event;
  std::string_view states;
};
constexpr std::string_view k_any =
    "Draft QualificationCheck Returned UnderReview Approved SiteReady InProgress Suspended FireWatch AwaitingAcceptance "
    "Closed Rejected Withdrawn Expired Revoked";
constexpr std::array k_facts = {
  FactRow{"consent"          , "QualificationCheck UnderReview"},                         // the owner agrees before approval
  FactRow{"measure_confirmed", "Approved SiteReady InProgress Suspended"},
  FactRow{"briefing_accepted", "Approved SiteReady Suspended"},
  FactRow{"gas_test"         , "Approved SiteReady InProgress Suspended"},                // a bad one stops the work
  FactRow{"watch_checked_in" , "Approved SiteReady InProgress Suspended FireWatch"},      // while work goes on: hand-over
  FactRow{"watch_checked_out", "Approved SiteReady InProgress Suspended FireWatch"},      // stops the work, restarts the countdown
  FactRow{"hand_over_watch"  , "Approved SiteReady InProgress Suspended FireWatch"},      // whoever watches stays responsible …
  FactRow{"take_over_watch"  , "Approved SiteReady InProgress Suspended FireWatch"},      // … until the next one takes over
  FactRow{"hand_over_shift"  , "InProgress Suspended"},
  FactRow{"gas_readings"     , "Approved SiteReady InProgress Suspended"},                // bad ones stop the work, so does a gap
  FactRow{"pre_start_check"  , "Approved SiteReady"},
  FactRow{"revalidate"       , "SiteReady InProgress Suspended"},
  FactRow{"round"            , "InProgress FireWatch"},
  FactRow{"round_missed"     , "InProgress FireWatch"},                                   // a warning; work stops a grace later
  FactRow{"release_hold"     , "Approved SiteReady Suspended"},                           // never resumes the work by itself
  FactRow{"watch_elapsed"    , "FireWatch"},                                              // the server's countdown ended
  FactRow{"watch_interrupted", "FireWatch"},                                              // a round is overdue: it starts again
  FactRow{"monitoring_elapsed", "FireWatch"},
  FactRow{"field_conflict"   , k_any},                                                    // nothing is dropped
  FactRow{"settle_conflict"  , k_any},
  FactRow{"erase"            , "Closed Rejected Withdrawn Expired Revoked"},              // the records' retention ended
};
// clang-format on

// Calls f(state) for each name in a row's list.
template <class F>
void each_state(std::string_view states, F f) {
  while (!states.empty()) {
    const size_t space = std::min(states.find(' '), states.size());
    f(states.substr(0, space));
    states.remove_prefix(std::min(space + 1, states.size()));
  }
}

}  // namespace

std::optional<std::string> step(std::string_view state, std::string_view event, const LifecycleFacts& facts) {
  return machine::step<Permit>(state, event, facts);
}

bool is_recordable(std::string_view state, std::string_view fact_event) {
  bool found = false;
  for (const FactRow& row : k_facts) {
    if (row.event != fact_event) continue;
    each_state(row.states, [&](std::string_view name) { found = found || name == state; });
  }
  return found;
}

std::vector<TransitionSpec> transitions() {
  auto rows = machine::transitions<Permit>();
  for (const FactRow& row : k_facts) {
    each_state(row.states, [&](std::string_view name) {
      rows.push_back({std::string(name), std::string(row.event), std::string(name), ""});
    });
  }
  return rows;
}

}  // namespace sparkgate::permit
