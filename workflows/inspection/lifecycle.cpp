#include "workflows/inspection/lifecycle.h"

#include "workflows/machine.h"

namespace sparkgate::inspection {
namespace {

using machine::New;
using machine::none;
using machine::PlainEvent;
using machine::Row;
using machine::State;

using Referred = State<"Referred">;
using Open = State<"Open">;
using Concluded = State<"Concluded">;
using Withdrawn = State<"Withdrawn">;

using Refer = PlainEvent<"refer">;
using Begin = PlainEvent<"begin">;
using OpenIt = PlainEvent<"open">;
using Record = PlainEvent<"record">;
using StopWork = PlainEvent<"stop_work">;
using Conclude = PlainEvent<"conclude">;
using Withdraw = PlainEvent<"withdraw">;
using Erase = PlainEvent<"erase">;

// clang-format off
struct Inspection : machine::Lifecycle<Inspection> {
  using initial_state = New;
  struct transition_table : boost::mpl::vector10<
    //   from       event      to          action  guard
    Row< New      , OpenIt   , Open      , none , none >,  // on the spot: the notice scanned, or work without one found
    Row< New      , Refer    , Referred  , none , none >,  // somebody told the office of it
    Row< Referred , Begin    , Open      , none , none >,  // an inspector is there
    Row< Referred , Withdraw , Withdrawn , none , none >,
    Row< Open     , Record   , Open      , none , none >,  // results of the checklist, some or all
    Row< Open     , StopWork , Open      , none , none >,  // the permit is suspended
    Row< Open     , Conclude , Concluded , none , none >,  // violations become a record of their own
    Row< Open     , Withdraw , Withdrawn , none , none >,  // opened by mistake
    Row< Concluded, Erase    , Concluded , none , none >,  // the records' retention ended
    Row< Withdrawn, Erase    , Withdrawn , none , none >
  > {};
};
// clang-format on

}  // namespace

std::optional<std::string> step(std::string_view state, std::string_view event) {
  return machine::step<Inspection>(state, event);
}

std::vector<TransitionSpec> transitions() { return machine::transitions<Inspection>(); }

}  // namespace sparkgate::inspection
