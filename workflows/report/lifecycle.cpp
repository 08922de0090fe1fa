#include "workflows/report/lifecycle.h"

#include "workflows/machine.h"

namespace sparkgate::report {
namespace {

using machine::New;
using machine::none;
using machine::Row;
using machine::State;

struct Facts {
  bool is_first_objection = false;
};

using Received = State<"Received">;
using Acknowledged = State<"Acknowledged">;
using Triaged = State<"Triaged">;
using Assigned = State<"Assigned">;
using Investigating = State<"Investigating">;
using Substantiated = State<"Substantiated">;
using Unsubstantiated = State<"Unsubstantiated">;
using FeedbackGiven = State<"FeedbackGiven">;
using Closed = State<"Closed">;
using Merged = State<"Merged">;
using Dismissed = State<"Dismissed">;

using File = machine::Event<"file", Facts>;
using Acknowledge = machine::Event<"acknowledge", Facts>;
using Triage = machine::Event<"triage", Facts>;
using Assign = machine::Event<"assign", Facts>;
using Investigate = machine::Event<"investigate", Facts>;
using Substantiate = machine::Event<"substantiate", Facts>;
using Refute = machine::Event<"refute", Facts>;
using GiveFeedback = machine::Event<"give_feedback", Facts>;
using Close = machine::Event<"close", Facts>;
using Merge = machine::Event<"merge", Facts>;
using Dismiss = machine::Event<"dismiss", Facts>;
using Object = machine::Event<"object", Facts>;

using is_first_objection = machine::Flag<"is_first_objection", &Facts::is_first_objection>;

// clang-format off
struct Report : machine::Lifecycle<Report> {
  using initial_state = New;
  struct transition_table : boost::mpl::vector21<
    //   from             event         to               action  guard
    Row< New            , File        , Received       , none , none               >,
    Row< Received       , Acknowledge , Acknowledged   , none , none               >,
    Row< Acknowledged   , Triage      , Triaged        , none , none               >,
    Row< Acknowledged   , Merge       , Merged         , none , none               >,  // the same thing told twice
    Row< Acknowledged   , Dismiss     , Dismissed      , none , none               >,  // nothing that an office can look into
    Row< Triaged        , Assign      , Assigned       , none , none               >,
    Row< Triaged        , Merge       , Merged         , none , none               >,
    Row< Triaged        , Dismiss     , Dismissed      , none , none               >,
    Row< Assigned       , Assign      , Assigned       , none , none               >,
    Row< Assigned       , Investigate , Investigating  , none , none               >,
    Row< Investigating  , Assign      , Investigating  , none , none               >,
    Row< Investigating  , Substantiate, Substantiated  , none , none               >,
    Row< Investigating  , Refute      , Unsubstantiated, none , none               >,
    Row< Substantiated  , GiveFeedback, FeedbackGiven  , none , none               >,
    Row< Unsubstantiated, GiveFeedback, FeedbackGiven  , none , none               >,
    Row< FeedbackGiven  , Close       , Closed         , none , none               >,
    Row< FeedbackGiven  , Object      , Investigating  , none , is_first_objection >,
    Row< Closed         , Object      , Investigating  , none , is_first_objection >,
    Row< Dismissed      , Object      , Acknowledged   , none , is_first_objection >,
    Row< Assigned       , Dismiss     , Dismissed      , none , none               >,
    Row< Assigned       , Merge       , Merged         , none , none               >
  > {};
};
// clang-format on

}  // namespace

std::optional<std::string> step(std::string_view state, std::string_view event, bool is_first_objection) {
  return machine::step<Report>(state, event, Facts{is_first_objection});
}

std::vector<TransitionSpec> transitions() { return machine::transitions<Report>(); }

}  // namespace sparkgate::report
