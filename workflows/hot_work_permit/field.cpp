#include "workflows/hot_work_permit/field.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "workflows/hot_work_permit/lifecycle.h"
#include "workflows/hot_work_permit/notices.h"
#include "workflows/hot_work_permit/roles.h"

namespace sparkgate::permit {
namespace {

constexpr std::string_view k_from_field[] = {
    "measure_confirmed", "briefing_accepted", "gas_test",        "gas_readings",    "pre_start_check", "revalidate",
    "watch_checked_in",  "watch_checked_out", "hand_over_watch", "take_over_watch", "hand_over_shift", "start",
    "round",             "suspend",           "resume",          "finish"};
constexpr std::string_view k_lets_work_go_on[] = {"start", "resume"};

template <class List>
bool holds(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

struct Stay {
  std::string state;
  Time since;
  Time until;
};

std::vector<Stay> stays_of(const Instance& permit) {
  std::vector<Stay> out;
  for (const Json& row : permit.data.value("states", Json::array())) {
    const Time since = time_of(row.at("since")).value_or(Time{});
    if (!out.empty()) out.back().until = since;
    out.push_back({text_of(row, "state"), since, Time::max()});
  }
  if (out.empty()) out.push_back({permit.state, Time{}, Time::max()});  // made before stays were noted
  return out;
}

// Those that the permit was in, or may have been in, when it happened.
std::vector<Stay> states_then(const Instance& permit, const field::Happened& when) {
  auto stays = stays_of(permit);
  std::erase_if(stays, [&](const Stay& stay) { return stay.since > when.latest || when.earliest > stay.until; });
  return stays;
}

Result<void> check_after(const Stay& stay, Time happened, const field::Happened& when) {
  if (happened >= stay.since) return {};
  return refuse(Code::happened_before_state, {{"state", stay.state},
                                              {"needed", format_time(stay.since)},
                                              {"actual", format_time(when.earliest)},
                                              {"latest", format_time(when.latest)}});
}

Json* find_conflict(Json& data, const Json& number) {
  const auto conflicts = data.find("conflicts");
  if (conflicts == data.end()) return nullptr;
  const auto found = std::find_if(conflicts->begin(), conflicts->end(),
                                  [&](const Json& conflict) { return conflict.at("number") == number; });
  return found == conflicts->end() ? nullptr : &*found;
}

void change_personal(Instance& permit, const Json& number, const Json& change) {
  Json personal = permit.personal;
  personal["conflicts"][std::to_string(number.get<int64_t>())].update(change, true);
  permit.personal = std::move(personal);
}

void take_conflict(Instance& permit, const Recorded& entry) {
  Json conflict = entry.facts.at("refused");
  conflict["by"] = entry.actor;
  conflict["reported_at"] = format_time(entry.at);
  conflict["field"] = entry.facts.at("field");
  conflict["field"].erase("digest");
  const Json number = conflict.at("number");
  permit.data["conflicts"].push_back(std::move(conflict));
  if (entry.personal.is_object()) change_personal(permit, number, entry.personal.at("refused"));
}

void take_settlement(Instance& permit, const Recorded& entry) {
  const Json& number = entry.facts.at("conflict");
  Json* conflict = find_conflict(permit.data, number);
  if (!conflict) return;
  (*conflict)["settled"] = {{"by", entry.actor}, {"at", format_time(entry.at)}};
  if (entry.personal.is_object()) change_personal(permit, number, {{"note", entry.personal.value("note", "")}});
}

// Whoever may bring events must not fill the permit with what is refused.
Result<void> check_conflicts(const Instance& permit, std::string_view device) {
  const Json conflicts = permit.data.value("conflicts", Json::array());
  const auto count = std::count_if(conflicts.begin(), conflicts.end(), [&](const Json& conflict) {
    return text_of(conflict.at("field"), "device") == device;
  });
  if (static_cast<size_t>(count) < field::k_most_refused) return {};
  return refuse(Code::field_full, {{"limit", field::k_most_refused}});
}

}  // namespace

bool may_come_from_field(std::string_view event) { return holds(k_from_field, event); }

bool was_recordable(const Instance& permit, std::string_view event, const field::Happened& when) {
  const auto then = states_then(permit, when);
  return std::any_of(then.begin(), then.end(), [&](const Stay& stay) { return is_recordable(stay.state, event); });
}

Result<void> check_when(const Instance& permit, std::string_view event, const field::Happened& when) {
  const Stay now = stays_of(permit).back();
  if (holds(k_lets_work_go_on, event)) return check_after(now, when.earliest, when);
  const auto then = states_then(permit, when);
  const bool was_possible = std::any_of(then.begin(), then.end(), [&](const Stay& stay) {
    return is_recordable(stay.state, event) || step(stay.state, event, {false, ""});
  });
  return was_possible ? Result<void>() : check_after(now, when.latest, when);
}

Result<void> check_provenance(const Situation& situation) {
  if (!situation.provenance) return {};
  const Json& field = situation.provenance->at("field");
  const bool is_conflict = situation.event == field::k_conflict_event;
  if (!is_conflict && !may_come_from_field(situation.event)) {
    return refuse(Code::field_event_not_allowed, {{"event", situation.event}});
  }
  if (auto is_new = field::check_new(situation.instance, field); !is_new || !is_conflict) return is_new;
  return check_conflicts(situation.instance, text_of(field, "device"));
}

void keep_provenance(const Situation& situation, Decision& decision) {
  if (!situation.provenance) return;
  decision.facts["field"] = situation.provenance->at("field");
  decision.personal["field"] = situation.provenance->at("proof");
}

Result<void> recheck_field(const Instance& before, const Recorded& entry) {
  if (!entry.facts.contains("field") || entry.event == field::k_conflict_event) return {};
  const field::Happened when = field::happened(entry);
  if (when.earliest <= when.latest && when.latest <= entry.at) return check_when(before, entry.event, when);
  return refuse(Code::field_clock_impossible,
                {{"reason", bilingual("时间区间不成立或晚于条目", "their interval is none, or later than the entry")}});
}

Result<void> keep_conflict(Deciding& d) {
  const Json& refused = d.situation.provenance->at("refused");
  const size_t number = d.permit.data.value("conflicts", Json::array()).size() + 1;
  d.decision.facts["refused"] = {
      {"number", number}, {"event", refused.at("event")}, {"code", refused.at("code")}};
  for (const char* member : {"payload", "details", "findings"}) {
    d.decision.personal["refused"][member] = refused.at(member);
  }
  if (!has_open_conflict(d.permit)) notify(d, "supervisor", Message::permit_conflict);  // one for all that are open
  return {};
}

Result<void> settle_conflict(Deciding& d) {
  Json data = {{"conflicts", d.permit.data.value("conflicts", Json::array())}};
  const Json* conflict = find_conflict(data, d.payload.at("conflict"));
  if (!conflict || conflict->contains("settled")) return refuse(Code::conflict_unknown);
  d.decision.facts["conflict"] = d.payload.at("conflict");
  d.decision.personal["note"] = d.payload.at("note");
  return {};
}

bool has_open_conflict(const Instance& permit) {
  const Json conflicts = permit.data.value("conflicts", Json::array());
  return std::any_of(conflicts.begin(), conflicts.end(), [](const Json& c) { return !c.contains("settled"); });
}

void apply_field(Instance& before, const Recorded& entry) {
  field::remember(before, entry);
  if (entry.event == field::k_conflict_event) take_conflict(before, entry);
  if (entry.event == "settle_conflict") take_settlement(before, entry);
}

void note_state(Instance& permit, const Recorded& entry) {
  permit.data["states"].push_back(
      {{"state", permit.state}, {"since", format_time(field::happened(entry).earliest)}});
}

Json conflicts_of(const Instance& permit) {
  Json out = permit.data.value("conflicts", Json::array());
  const Json about = permit.personal->value("conflicts", Json::object());
  for (Json& conflict : out) {
    const Json more = about.value(std::to_string(conflict.at("number").get<int64_t>()), Json::object());
    conflict.update(field::told_refusal(text_of(conflict, "code"), more.value("details", Json::object())));
    conflict.update(more);
    conflict.erase("details");
  }
  return out;
}

}  // namespace sparkgate::permit
