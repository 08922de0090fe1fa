// Boost.MSM behind two calls: one step of a lifecycle by names, and its table as data. For lifecycle.cpp files only.
//
// A lifecycle is a flat machine with one region and one table:
//
//   struct Facts { bool is_last_approval; };               // all that guards may know; computed before
//   using Draft  = State<"Draft">;
//   using Submit = Event<"submit", Facts>;
//   using is_last_approval = Flag<"is_last_approval", &Facts::is_last_approval>;  // a true sentence
//   struct Permit : Lifecycle<Permit> {
//     using initial_state = New;                           // before the first entry, named ""
//     struct transition_table : boost::mpl::vector2<       // numbered form: vector<> ends at 20 rows
//       Row< New   , Create , Draft       , none , none >,
//       Row< Draft , Submit , UnderReview , none , none >> {};
//   };
//
// Of several rows with the same state and event MSM tries the LAST first: write the general row above the guarded one.
// Guards choose the target only; whether the step is lawful has been decided before. They must not throw.
#pragma once

#include <algorithm>
#include <boost/mpl/for_each.hpp>
#include <boost/mpl/identity.hpp>
#include <boost/mpl/vector/vector50.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate::machine {

using boost::msm::front::none;
using boost::msm::front::Row;

/// A string literal as a template argument.
template <size_t N>
struct Name {
  char text[N];
  constexpr Name(const char (&literal)[N]) { std::copy_n(literal, N, text); }
  constexpr std::string_view view() const { return {text, N - 1}; }
};

template <Name n>
struct State : boost::msm::front::state<> {
  static constexpr std::string_view name = n.view();
};
using New = State<"">;

template <Name n, class F>
struct Event {
  using Facts = F;
  static constexpr std::string_view name = n.view();
  const F& facts;
};

/// A guard: one fact, which is a bool.
template <Name n, auto member>
struct Flag {
  static constexpr std::string_view name = n.view();
  template <class E, class M, class S, class T>
  bool operator()(const E& event, M&, S&, T&) const {
    return event.facts.*member;
  }
};

/// Of a lifecycle in which nothing chooses between targets.
struct NoFacts {};
template <Name n>
using PlainEvent = Event<n, NoFacts>;

template <class Self>
struct Lifecycle : boost::msm::front::state_machine_def<Self> {
  using no_exception_thrown = int;
  using no_message_queue = int;
  template <class Machine, class E>
  void no_transition(const E&, Machine&, int) {}  // MSM asserts here by default; step() reads the return value
};

namespace detail {

/// What MSM takes for an archive: sets the region's state id and leaves the rest alone.
struct Restore {
  int state_id;
  template <class T>
  void operator&(T& member) {
    if constexpr (std::is_same_v<T, int[1]>) member[0] = state_id;
  }
};

/// Calls f(identity<row>) for each row of the table, in order.
template <class Table, class F>
void each_row(F f) {
  boost::mpl::for_each<typename Table::transition_table, boost::mpl::make_identity<>>(f);
}

template <class Table>
using Machine = boost::msm::back::state_machine<Table>;

template <class Table, class S>
constexpr int id_of() {
  return boost::msm::back::get_state_id<typename Machine<Table>::stt, S>::type::value;
}

template <class Table>
std::optional<int> id_of_name(std::string_view name) {
  std::optional<int> id;
  each_row<Table>([&]<class R>(boost::mpl::identity<R>) {
    if (R::Source::name == name) id = id_of<Table, typename R::Source>();
    if (R::Target::name == name) id = id_of<Table, typename R::Target>();
  });
  return id;
}

template <class Table>
std::string name_of_id(int id) {
  std::string_view name;
  each_row<Table>([&]<class R>(boost::mpl::identity<R>) {
    if (id_of<Table, typename R::Source>() == id) name = R::Source::name;
    if (id_of<Table, typename R::Target>() == id) name = R::Target::name;
  });
  return std::string(name);
}

}  // namespace detail

/// The state that `event` leads to from the state named `from`; nothing when the table has no such row, or every
/// guard of it says no.
template <class Table, class Facts = NoFacts>
std::optional<std::string> step(std::string_view from, std::string_view event, const Facts& facts = {}) {
  const auto id = detail::id_of_name<Table>(from);
  if (!id) return std::nullopt;
  detail::Machine<Table> machine;
  detail::Restore restore{*id};
  boost::serialization::access::serialize(restore, machine, 0);
  boost::msm::back::HandledEnum handled = boost::msm::back::HANDLED_FALSE;
  bool sent = false;
  detail::each_row<Table>([&]<class R>(boost::mpl::identity<R>) {
    if (sent || R::Evt::name != event) return;
    sent = true;
    handled = machine.process_event(typename R::Evt{facts});
  });
  if (handled != boost::msm::back::HANDLED_TRUE) return std::nullopt;  // 0: no row; 2: guards said no
  return detail::name_of_id<Table>(machine.current_state()[0]);
}

/// The table as data, row by row.
template <class Table>
std::vector<TransitionSpec> transitions() {
  std::vector<TransitionSpec> rows;
  detail::each_row<Table>([&]<class R>(boost::mpl::identity<R>) {
    TransitionSpec row{std::string(R::Source::name), std::string(R::Evt::name), std::string(R::Target::name), ""};
    if constexpr (!std::is_same_v<typename R::Guard, none>) row.guard = R::Guard::name;
    rows.push_back(std::move(row));
  });
  return rows;
}

}  // namespace sparkgate::machine
