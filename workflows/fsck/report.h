// What fsck has found: a value each, and all of them as a page or as JSON. Wordings stand in faults.def.
#pragma once

#include <mutex>
#include <vector>

#include "engine/base/refusal.h"

namespace sparkgate::fsck {

enum class Fault {
#define REMEDY(name, zh, en)
#define FAULT(name, remedy, zh, en) name,
#include "workflows/fsck/faults.def"
#undef REMEDY
#undef FAULT
};

struct FaultRow {
  Fault fault;
  std::string_view name, zh, en, remedy_zh, remedy_en;
};
const std::vector<FaultRow>& all_faults();

struct Problem {
  Fault fault;
  Json details = Json::object();
};

/// Filled from several threads at once. Of very many problems the first ones found are kept, the others counted.
class Report {
 public:
  void say(Fault fault, Json details = Json::object());
  void count_entries(int64_t more);
  void count_instances(int64_t more);

  std::vector<Problem> problems() const;  // in the order of faults.def
  int64_t count() const;                  // of problems, kept or not
  int64_t entries() const;
  int64_t instances() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Problem> problems_;
  int64_t count_ = 0, entries_ = 0, instances_ = 0;
};

inline constexpr std::string_view k_report_format = "sparkgate-fsck/1";

/// {format, entries, instances, count, problems: [{code, details, title: {zh, en}, remedy: {zh, en}}]}
Json to_json(const Report& report);
/// A line each, what to do under the last of a kind, and a line that sums it up.
std::string to_text(const Report& report, Language language);

}  // namespace sparkgate::fsck
