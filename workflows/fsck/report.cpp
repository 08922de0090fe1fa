#include "workflows/fsck/report.h"

#include <algorithm>

namespace sparkgate::fsck {
namespace {

constexpr size_t k_kept_problems = 1000;

struct Remedy {
  std::string_view zh, en;
};
namespace remedies {
#define REMEDY(name, zh, en) constexpr Remedy name{zh, en};
#define FAULT(name, remedy, zh, en)
#include "workflows/fsck/faults.def"
#undef REMEDY
#undef FAULT
}  // namespace remedies

const FaultRow& row_of(Fault fault) { return all_faults()[static_cast<size_t>(fault)]; }

Text title_of(const Problem& problem) {
  const FaultRow& row = row_of(problem.fault);
  return fill(row.zh, row.en, problem.details);
}

}  // namespace

const std::vector<FaultRow>& all_faults() {
  static const std::vector<FaultRow> k_rows = {
#define REMEDY(name, zh, en)
#define FAULT(name, remedy, in_zh, in_en) {Fault::name, #name, in_zh, in_en, remedies::remedy.zh, remedies::remedy.en},
#include "workflows/fsck/faults.def"
#undef REMEDY
#undef FAULT
  };
  return k_rows;
}

void Report::say(Fault fault, Json details) {
  const std::lock_guard lock(mutex_);
  if (problems_.size() < k_kept_problems) problems_.push_back({fault, std::move(details)});
  ++count_;
}

void Report::count_entries(int64_t more) {
  const std::lock_guard lock(mutex_);
  entries_ += more;
}

void Report::count_instances(int64_t more) {
  const std::lock_guard lock(mutex_);
  instances_ += more;
}

std::vector<Problem> Report::problems() const {
  const std::lock_guard lock(mutex_);
  auto out = problems_;
  std::stable_sort(out.begin(), out.end(), [](const Problem& a, const Problem& b) {
    return a.fault != b.fault ? a.fault < b.fault : a.details < b.details;
  });
  return out;
}

int64_t Report::count() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

int64_t Report::entries() const {
  const std::lock_guard lock(mutex_);
  return entries_;
}

int64_t Report::instances() const {
  const std::lock_guard lock(mutex_);
  return instances_;
}

Json to_json(const Report& report) {
  Json problems = Json::array();
  for (const Problem& problem : report.problems()) {
    const FaultRow& row = row_of(problem.fault);
    const Text title = title_of(problem);
    problems.push_back({{"code", row.name},
                        {"details", problem.details},
                        {"title", bilingual(title.zh, title.en)},
                        {"remedy", bilingual(row.remedy_zh, row.remedy_en)}});
  }
  return {{"format", k_report_format},
          {"entries", report.entries()},
          {"instances", report.instances()},
          {"count", report.count()},
          {"problems", std::move(problems)}};
}

std::string to_text(const Report& report, Language language) {
  const bool zh = language == Language::zh;
  std::string out;
  const auto problems = report.problems();
  for (size_t i = 0; i < problems.size(); ++i) {
    const FaultRow& row = row_of(problems[i].fault);
    const Text title = title_of(problems[i]);
    out.append(row.name).append(": ").append(pick(title, language)).append("\n");
    const bool is_last_of_kind = i + 1 == problems.size() || problems[i + 1].fault != problems[i].fault;
    if (is_last_of_kind) out.append("  ").append(zh ? row.remedy_zh : row.remedy_en).append("\n");
  }
  const std::string entries = std::to_string(report.entries()), instances = std::to_string(report.instances());
  const std::string count = std::to_string(report.count());
  out += zh ? "已核对 " + entries + " 条、" + instances + " 个实例："
            : "Checked " + entries + " entries of " + instances + " instances: ";
  if (report.count() == 0) return out + (zh ? "完好。\n" : "all is whole.\n");
  return out + (zh ? "发现 " + count + " 处问题。\n" : count + " problems.\n");
}

}  // namespace sparkgate::fsck
