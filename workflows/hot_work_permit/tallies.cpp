#include "workflows/hot_work_permit/tallies.h"

#include <algorithm>
#include <cmath>

#include "workflows/hot_work_permit/roles.h"
#include "workflows/totals.h"

namespace sparkgate::permit {
namespace {

struct CountedRow {
  std::string_view event, state, counts_as;  // counted when the event leads to the state; "": to whichever
};
constexpr CountedRow k_counted[] = {
    {"submit", "", "submitted"},   {"approve", "Approved", "approved"},
    {"reject", "", "rejected"},    {"return", "", "returned"},
    {"start", "", "started"},      {"suspend", "", "suspended"},
    {"expire", "", "expired"},     {"revoke", "", "revoked"},
    {"withdraw", "", "withdrawn"}, {"accept", "", "closed"},
};

constexpr double k_classes_an_octave = 4;
constexpr int k_last_class = 99;

std::string grade_of(const Instance& permit) {
  const std::string grade = text_of(permit.data, "grade");
  return grade.empty() ? "none" : grade;
}

// "07": by how often its minutes can be halved.
std::string class_of(milliseconds time) {
  const double minutes_taken = std::max(1.0, time.count() / 60'000.0);
  const int number = std::min(k_last_class, static_cast<int>(k_classes_an_octave * std::log2(minutes_taken)));
  return std::string(number < 10 ? "0" : "") + std::to_string(number);
}

std::string place_of(const Description& description, const Instance& permit) {
  const StateSpec* state = description.state(permit.state);
  return !state || state->terminal ? "" : "now/" + permit.state + "/" + grade_of(permit);
}

void count_decision(const Instance& permit, const Recorded& entry, const std::string& day, std::vector<Tally>& out) {
  const auto submitted = time_of(permit.data.value("submitted_at", Json()));
  const auto starts = time_of(application(permit, "starts"));
  if (!submitted || !starts) return;
  const Json& areas = permit.data.at("areas");
  count_total(k_totals, areas, "decided/" + day + "/" + class_of(entry.at - *submitted), 1, out);
  if (entry.at < *starts) count_total(k_totals, areas, "in_time/" + day, 1, out);
}

}  // namespace

std::vector<Tally> tallies_of(const Description& description, const Instance& before, const Instance& after,
                              const Recorded& entry, const rules::Zone& zone) {
  std::vector<Tally> out;
  move_total(k_totals, before, place_of(description, before), after, place_of(description, after), out);
  const auto row = std::find_if(std::begin(k_counted), std::end(k_counted), [&](const CountedRow& r) {
    return r.event == entry.event && (r.state.empty() || r.state == after.state);
  });
  if (row == std::end(k_counted)) return out;
  const std::string day = zone.day(entry.at);
  const std::string what = "day/" + day + "/" + std::string(row->counts_as) + "/" + grade_of(after);
  count_total(k_totals, after.data.at("areas"), what, 1, out);
  if (row->counts_as == "approved" || row->counts_as == "rejected") count_decision(after, entry, day, out);
  return out;
}

double hours_of_class(int number) { return std::exp2((number + 0.5) / k_classes_an_octave) / 60; }

}  // namespace sparkgate::permit
