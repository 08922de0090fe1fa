#include "workflows/rule_packs/lifecycle.h"

#include "workflows/machine.h"

namespace sparkgate::rule_packs {
namespace {

using machine::New;
using machine::none;
using machine::Row;
using machine::State;

struct Facts {
  bool none_left = false;
};

using Draft = State<"Draft">;
using Activated = State<"Activated">;
using Discarded = State<"Discarded">;

using DraftIt = machine::Event<"draft", Facts>;
using Activate = machine::Event<"activate", Facts>;
using Cancel = machine::Event<"cancel", Facts>;
using Discard = machine::Event<"discard", Facts>;

using none_left = machine::Flag<"none_left", &Facts::none_left>;

// clang-format off
struct RulePack : machine::Lifecycle<RulePack> {
  using initial_state = New;
  struct transition_table : boost::mpl::vector6<
    //   from       event     to         action  guard
    Row< New      , DraftIt , Draft    , none , none      >,
    Row< Draft    , Activate, Activated, none , none      >,  // from a time on; a permit in flight keeps its pack
    Row< Activated, Activate, Activated, none , none      >,  // again, after another one was
    Row< Activated, Cancel  , Activated, none , none      >,
    Row< Activated, Cancel  , Draft    , none , none_left >,  // it never came into force
    Row< Draft    , Discard , Discarded, none , none      >
  > {};
};
// clang-format on

}  // namespace

std::optional<std::string> step(std::string_view state, std::string_view event, bool none_left) {
  return machine::step<RulePack>(state, event, Facts{none_left});
}

std::vector<TransitionSpec> transitions() { return machine::transitions<RulePack>(); }

}  // namespace sparkgate::rule_packs
