#include "workflows/violation/lifecycle.h"

#include "workflows/machine.h"

namespace sparkgate::violation {
namespace {

using machine::New;
using machine::none;
using machine::PlainEvent;
using machine::Row;
using machine::State;

using Recorded = State<"Recorded">;
using Confirmed = State<"Confirmed">;
using Dismissed = State<"Dismissed">;

using RecordIt = PlainEvent<"record">;
using Confirm = PlainEvent<"confirm">;
using Dismiss = PlainEvent<"dismiss">;
using Erase = PlainEvent<"erase">;

// clang-format off
struct Violation : machine::Lifecycle<Violation> {
  using initial_state = New;
  struct transition_table : boost::mpl::vector4<
    //   from       event      to          action  guard
    Row< New      , RecordIt , Recorded  , none , none >,  // by a concluded inspection, or by hand
    Row< Recorded , Confirm  , Confirmed , none , none >,  // what a case would begin with
    Row< Recorded , Dismiss  , Dismissed , none , none >,  // with the reason
    Row< Dismissed, Erase    , Dismissed , none , none >   // its retention ended; a confirmed one is kept whole
  > {};
};
// clang-format on

}  // namespace

std::optional<std::string> step(std::string_view state, std::string_view event) {
  return machine::step<Violation>(state, event);
}

std::vector<TransitionSpec> transitions() { return machine::transitions<Violation>(); }

}  // namespace sparkgate::violation
