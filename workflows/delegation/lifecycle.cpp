#include "workflows/delegation/lifecycle.h"

#include "workflows/machine.h"

namespace sparkgate::delegation {
namespace {

using machine::New;
using machine::none;
using machine::Row;
using machine::State;

struct Facts {
  bool begins_now = false;
};

using Planned = State<"Planned">;
using InForce = State<"InForce">;
using Ended = State<"Ended">;
using Revoked = State<"Revoked">;

using Delegate = machine::Event<"delegate", Facts>;
using Begin = machine::Event<"begin", Facts>;
using End = machine::Event<"end", Facts>;
using Revoke = machine::Event<"revoke", Facts>;
using Erase = machine::Event<"erase", Facts>;

using begins_now = machine::Flag<"begins_now", &Facts::begins_now>;

// clang-format off
struct Delegation : machine::Lifecycle<Delegation> {
  using initial_state = New;
  struct transition_table : boost::mpl::vector8<
    //   from     event     to       action  guard
    Row< New    , Delegate, Planned, none , none       >,  // an absence that is still to come
    Row< New    , Delegate, InForce, none , begins_now >,
    Row< Planned, Begin   , InForce, none , none       >,  // a timer's
    Row< InForce, End     , Ended  , none , none       >,  // a timer's: nobody has to remember
    Row< Planned, Revoke  , Revoked, none , none       >,
    Row< InForce, Revoke  , Revoked, none , none       >,  // back early, or the delegate declines
    Row< Ended  , Erase   , Ended  , none , none       >,  // the retention ended
    Row< Revoked, Erase   , Revoked, none , none       >
  > {};
};
// clang-format on

}  // namespace

std::optional<std::string> step(std::string_view state, std::string_view event, bool begins_now) {
  return machine::step<Delegation>(state, event, Facts{begins_now});
}

std::vector<TransitionSpec> transitions() { return machine::transitions<Delegation>(); }

}  // namespace sparkgate::delegation
