#include "workflows/log/lifecycle.h"

#include "workflows/machine.h"

namespace sparkgate::log {
namespace {

using machine::New;
using machine::none;
using machine::PlainEvent;
using machine::Row;
using machine::State;

using Open = State<"Open">;
using Closed = State<"Closed">;

using OpenIt = PlainEvent<"open">;
using RecordHeads = PlainEvent<"record_heads">;
using AddKey = PlainEvent<"add_key">;
using RetireKey = PlainEvent<"retire_key">;
using RecordDay = PlainEvent<"record_reports_day">;
using Close = PlainEvent<"close">;

// clang-format off
struct Log : machine::Lifecycle<Log> {
  using initial_state = New;
  struct transition_table : boost::mpl::vector6<
    //   from  event        to      action  guard
    Row< New , OpenIt     , Open  , none , none >,  // the log's first entry; it may continue another
    Row< Open, RecordHeads, Open  , none , none >,  // every hour: the newest entry of each instance
    Row< Open, AddKey     , Open  , none , none >,  // it signs beside the others from now on
    Row< Open, RetireKey  , Open  , none , none >,  // it signs no more
    Row< Open, RecordDay  , Open  , none , none >,  // every day: the root of what became of public reports
    Row< Open, Close      , Closed, none , none >   // in the log that continues it
  > {};
};
// clang-format on

}  // namespace

std::optional<std::string> step(std::string_view state, std::string_view event) {
  return machine::step<Log>(state, event);
}

std::vector<TransitionSpec> transitions() { return machine::transitions<Log>(); }

}  // namespace sparkgate::log
