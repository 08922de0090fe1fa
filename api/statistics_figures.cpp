#include "api/statistics_figures.h"

#include <cmath>

#include "workflows/hot_work_permit/tallies.h"
#include "workflows/totals.h"

namespace sparkgate::api {
namespace {

using Steps = std::vector<std::string>;

Steps steps_of(std::string_view name) {
  Steps out;
  while (!name.empty()) {
    const size_t end = std::min(name.find('/'), name.size());
    out.emplace_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return out;
}

Time midnight(const std::string& day) { return *parse_time(day + "T00:00:00Z"); }

template <class Counts>
Json kinds_json(const Counts& counts) {
  Json out = Json::object();
  for (const std::string_view kind : permit::k_counted_kinds) {
    const auto found = counts.find(kind);
    out[kind] = found == counts.end() ? 0 : found->second;
  }
  return out;
}

template <class Counts>
Json present_json(const Counts& counts) {
  Json out = Json::object();
  for (const auto& [name, count] : counts) {
    if (count != 0) out[name] = count;
  }
  return out;
}

double rounded(double hours) { return std::round(hours * 10) / 10; }

}  // namespace

std::vector<std::string> days_of(const Span& span) {
  std::vector<std::string> out;
  for (Time day = midnight(span.from); day <= midnight(span.until); day += hours(24)) {
    out.push_back(format_time(day).substr(0, 10));
  }
  return out;
}

// Names below "PREFIX/from" up to all below "PREFIX/until": "0" comes right after "/".
void Figures::each(std::string_view of, const std::string& area, const std::string& from, const std::string& until,
                   const std::function<void(const Steps&, int64_t)>& visit) {
  const std::string prefix = total_name(of, area, "");
  for (const auto& [name, value] : reader_.tallies(prefix + from, prefix + until + "0")) {
    visit(steps_of(std::string_view(name).substr(prefix.size())), value);
  }
}

void Figures::add(const std::string& area) {
  each(permit::k_totals, area, "day/" + span_.from, "day/" + span_.until, [&](const Steps& steps, int64_t value) {
    by_day_[steps.at(1)][steps.at(2)] += value;
    by_grade_[steps.at(3)][steps.at(2)] += value;
    totals_[steps.at(2)] += value;
  });
  each(permit::k_totals, area, "decided/" + span_.from, "decided/" + span_.until,
       [&](const Steps& steps, int64_t value) {
         decisions_[std::stoi(steps.at(2))] += value;
         decided_ += value;
       });
  each(permit::k_totals, area, "in_time/" + span_.from, "in_time/" + span_.until,
       [&](const Steps&, int64_t value) { in_time_ += value; });
  each(permit::k_totals, area, "now", "now", [&](const Steps& steps, int64_t value) {
    live_by_state_[steps.at(1)] += value;
    if (value != 0) live_by_grade_[steps.at(2)][steps.at(1)] += value;
  });
  each("violations", area, "now", "now", [&](const Steps& steps, int64_t value) { violations_[steps.at(1)] += value; });
}

Json Figures::days() const {
  Json out = Json::array();
  for (const std::string& day : days_of(span_)) {
    const auto found = by_day_.find(day);
    Json row = kinds_json(found == by_day_.end() ? Counts() : found->second);
    row["day"] = day;
    out.push_back(std::move(row));
  }
  return out;
}

Json Figures::totals() const {
  Json out = kinds_json(totals_);
  out["by_grade"] = Json::object();
  for (const auto& [grade, counts] : by_grade_) out["by_grade"][grade] = kinds_json(counts);
  return out;
}

// The time that `share` of the decisions took at most.
double Figures::hours_at(double share) const {
  int64_t left = static_cast<int64_t>(std::ceil(share * static_cast<double>(decided_)));
  for (const auto& [number, count] : decisions_) {
    left -= count;
    if (left <= 0) return permit::hours_of_class(number);
  }
  return 0;
}

Json Figures::decision_hours() const {
  if (decided_ == 0) return nullptr;
  return {{"count", decided_}, {"median", rounded(hours_at(0.5))}, {"p90", rounded(hours_at(0.9))}};
}

Json Figures::in_time() const {
  const double share = decided_ == 0 ? 0 : static_cast<double>(in_time_) / static_cast<double>(decided_);
  return {{"count", decided_},
          {"in_time", in_time_},
          {"share", decided_ == 0 ? Json() : Json(std::round(share * 1000) / 1000)}};
}

Json Figures::live() const {
  Json by_grade = Json::object();
  for (const auto& [grade, states] : live_by_grade_) by_grade[grade] = present_json(states);
  return {{"by_state", present_json(live_by_state_)}, {"by_grade", std::move(by_grade)}};
}

Json Figures::violations() const { return present_json(violations_); }

int64_t Figures::count_live() const {
  int64_t out = 0;
  for (const auto& [state, count] : live_by_state_) out += count;
  return out;
}

int64_t Figures::count_violations(std::string_view state) const {
  const auto found = violations_.find(state);
  return found == violations_.end() ? 0 : found->second;
}

}  // namespace sparkgate::api
