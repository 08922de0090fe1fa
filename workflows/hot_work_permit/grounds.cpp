#include "workflows/hot_work_permit/grounds.h"

#include "workflows/hot_work_permit/roles.h"

namespace sparkgate::permit {
namespace {

// Where in the permit's data: a JSON pointer, whose "*" is every member or element.
struct Row {
  const char* path;
  const char *zh, *en;
  const char* rule = nullptr;  // of the site: without it nobody goes by this
};
constexpr Row k_rows[] = {
    {"/gas/sampled_at", "气体取样", "the gas sample"},
    {"/gas_monitoring/until", "连续检测", "continuous readings", "gas_continuous"},
    {"/watch/since", "监护人到场", "the arrival of the watch"},
    {"/briefing/*", "安全交底", "the briefing"},
    {"/measures/*/confirmed_at", "安全措施确认", "the confirmation of measures"},
    {"/pre_start/at", "开工前检查", "the check before the start"},
    {"/validated/at", "当日复核", "the validation of the day"},
    {"/hold_released_at", "停工解除", "the release of a hold"},
};

std::optional<Time> newest(const Json& data, std::string_view path) {
  if (path.empty()) return time_of(data);
  const size_t end = std::min(path.find('/', 1), path.size());
  const std::string_view step = path.substr(1, end - 1), rest = path.substr(end);
  std::optional<Time> out;
  if (!data.is_structured()) return out;
  for (const auto& [key, member] : data.items()) {
    if (step != "*" && step != key) continue;
    if (const auto time = newest(member, rest)) out = std::max(out.value_or(*time), *time);
  }
  return out;
}

bool counts(const Instance& permit, const Row& row) {
  return !row.rule || part(permit.data, "site_rules").value(row.rule, false);
}

}  // namespace

std::vector<Ground> grounds_of(const Instance& permit) {
  std::vector<Ground> out;
  for (const Row& row : k_rows) {
    const auto since = counts(permit, row) ? newest(permit.data, row.path) : std::nullopt;
    if (since) out.push_back({bilingual(row.zh, row.en), *since});
  }
  return out;
}

}  // namespace sparkgate::permit
