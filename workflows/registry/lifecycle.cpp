#include "workflows/registry/lifecycle.h"

#include "workflows/machine.h"

namespace sparkgate::registry {
namespace {

using machine::New;
using machine::none;
using machine::Row;
using machine::State;

using Registered = State<"Registered">;
using Valid = State<"Valid">;
using Suspended = State<"Suspended">;
using Revoked = State<"Revoked">;

template <machine::Name n>
using Event = machine::Event<n, LifecycleFacts>;
using Register = Event<"register">;
using Verify = Event<"verify">;
using Amend = Event<"amend">;
using Suspend = Event<"suspend">;
using Reinstate = Event<"reinstate">;
using Revoke = Event<"revoke">;
using Erase = Event<"erase">;

using is_verified = machine::Flag<"is_verified", &LifecycleFacts::is_verified>;
using is_suspended = machine::Flag<"is_suspended", &LifecycleFacts::is_suspended>;

// clang-format off
struct Record : machine::Lifecycle<Record> {
  using initial_state = New;
  struct transition_table : boost::mpl::vector15<
    //   from        event      to          action  guard
    Row< New       , Register , Registered , none , none         >,  // by an applicant: waits to be verified
    Row< New       , Register , Valid      , none , is_verified  >,  // by somebody who could verify it at once
    Row< New       , Register , Suspended  , none , is_suspended >,  // the ledger already says so
    Row< Registered, Amend    , Registered , none , none         >,
    Row< Registered, Verify   , Valid      , none , none         >,
    Row< Registered, Suspend  , Suspended  , none , none         >,  // reinstating is verifying
    Row< Registered, Revoke   , Revoked    , none , none         >,  // refused for good
    Row< Valid     , Amend    , Registered , none , none         >,  // what an applicant changed is verified again
    Row< Valid     , Amend    , Valid      , none , is_verified  >,
    Row< Valid     , Suspend  , Suspended  , none , none         >,
    Row< Valid     , Revoke   , Revoked    , none , none         >,
    Row< Suspended , Amend    , Suspended  , none , none         >,  // a correction never lifts a suspension
    Row< Suspended , Reinstate, Valid      , none , none         >,
    Row< Suspended , Revoke   , Revoked    , none , none         >,
    Row< Revoked   , Erase    , Revoked    , none , none         >   // what is personal goes, the record stays
  > {};
};
// clang-format on

}  // namespace

std::optional<std::string> step(std::string_view state, std::string_view event, const LifecycleFacts& facts) {
  return machine::step<Record>(state, event, facts);
}

std::vector<TransitionSpec> transitions() { return machine::transitions<Record>(); }

}  // namespace sparkgate::registry
