// What has happened to one report, and what may happen to it next.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/store/intake_store.h"

namespace sparkgate::report {

enum class By { source, officer, two_officers, system };

/// A StoredStep, opened.
struct Step {
  int64_t sequence = 0;
  std::string event, by, state;
  Json about = Json::object();
};

class History {
 public:
  History() = default;
  /// Without steps that were altered into what is none, which are counted in `broken`: they stand in clear.
  static History of(IntakeReader& reader, const std::string& report);

  const std::vector<Step>& steps() const { return steps_; }
  int broken() const { return broken_; }
  bool has(std::string_view event) const { return newest(event) != nullptr; }
  /// nullptr when it never happened.
  const Step* newest(std::string_view event) const;

 private:
  std::vector<Step> steps_;
  int broken_ = 0;
};

/// The last finding, if there was one, was that it is so.
bool was_found_true(const History& history);

/// The state after `event`; nothing when it may not happen now, or is no event.
std::optional<std::string> next_state(const StoredReport& report, const History& history, std::string_view event);

/// Events that those may bring about now.
std::vector<std::string> next_events(const StoredReport& report, const History& history, By by);

}  // namespace sparkgate::report
