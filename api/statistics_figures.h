// Sums of running totals (workflows/hot_work_permit/tallies.h) over days and areas, as JSON.
#pragma once

#include "engine/store/store.h"

namespace sparkgate::api {

/// Days "2026-08-14", both included.
struct Span {
  std::string from, until;
};

class Figures {
 public:
  Figures(Reader& reader, Span span) : reader_(reader), span_(std::move(span)) {}

  /// An area with all below it; "": all areas. Areas added must not lie within each other.
  void add(const std::string& area);

  Json days() const;            // [{day, submitted, approved, …}], every day of the span
  Json totals() const;          // {submitted, approved, …, by_grade: {one: {…}}}
  Json decision_hours() const;  // {count, median, p90}; null without any
  Json in_time() const;         // {count, in_time, share}
  Json live() const;            // {by_state: {…}, by_grade: {one: {…}}}
  Json violations() const;      // {Recorded: …}
  int64_t count_live() const;
  int64_t count_violations(std::string_view state) const;

 private:
  using Counts = std::map<std::string, int64_t, std::less<>>;
  void each(std::string_view of, const std::string& area, const std::string& from, const std::string& until,
            const std::function<void(const std::vector<std::string>& steps, int64_t value)>& visit);
  double hours_at(double share) const;

  Reader& reader_;
  const Span span_;
  std::map<std::string, Counts> by_day_, by_grade_, live_by_grade_;  // kinds or states in each
  Counts totals_, live_by_state_, violations_;
  std::map<int, int64_t> decisions_;  // by class of time
  int64_t decided_ = 0, in_time_ = 0;
};

/// Each day of the span.
std::vector<std::string> days_of(const Span& span);

}  // namespace sparkgate::api
