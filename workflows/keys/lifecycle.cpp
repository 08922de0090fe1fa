#include "workflows/keys/lifecycle.h"

#include "workflows/machine.h"

namespace sparkgate::keys {
namespace {

using machine::New;
using machine::none;
using machine::Row;
using machine::State;

using Inactive = State<"Inactive">;
using Active = State<"Active">;
using Closed = State<"Closed">;

template <machine::Name n>
using Event = machine::Event<n, LifecycleFacts>;
using Enrol = Event<"enrol">;
using AddKey = Event<"add_key">;
using Endorse = Event<"endorse">;
using RevokeKey = Event<"revoke_key">;
using Close = Event<"close">;

using has_active_key = machine::Flag<"has_active_key", &LifecycleFacts::has_active_key>;

// clang-format off
struct Ring : machine::Lifecycle<Ring> {
  using initial_state = New;
  struct transition_table : boost::mpl::vector13<
    //   from      event       to         action  guard
    Row< New     , Enrol     , Inactive , none , none           >,  // waits for endorsement
    Row< New     , Enrol     , Active   , none , has_active_key >,  // a root: there is nobody yet who could endorse it
    Row< Inactive, AddKey    , Inactive , none , none           >,
    Row< Inactive, AddKey    , Active   , none , has_active_key >,
    Row< Inactive, Endorse   , Inactive , none , none           >,  // the first of two
    Row< Inactive, Endorse   , Active   , none , has_active_key >,
    Row< Inactive, RevokeKey , Inactive , none , none           >,
    Row< Inactive, Close     , Closed   , none , none           >,
    Row< Active  , AddKey    , Active   , none , none           >,
    Row< Active  , Endorse   , Active   , none , none           >,
    Row< Active  , RevokeKey , Inactive , none , none           >,  // it was the last
    Row< Active  , RevokeKey , Active   , none , has_active_key >,
    Row< Active  , Close     , Closed   , none , none           >
  > {};
};
// clang-format on

}  // namespace

std::optional<std::string> step(std::string_view state, std::string_view event, const LifecycleFacts& facts) {
  return machine::step<Ring>(state, event, facts);
}

std::vector<TransitionSpec> transitions() { return machine::transitions<Ring>(); }

}  // namespace sparkgate::keys
