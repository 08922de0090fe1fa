#include "workflows/totals.h"

namespace sparkgate {
namespace {

const Json& areas_of(const Instance& instance) {
  static const Json k_none = Json::array();
  const auto areas = instance.data.find("areas");
  return areas == instance.data.end() ? k_none : *areas;
}

}  // namespace

std::string total_name(std::string_view of, std::string_view area, std::string_view what) {
  std::string out(of);
  return out.append("/").append(area).append("/").append(what);
}

void count_total(std::string_view of, const Json& areas, std::string_view what, int64_t change,
                 std::vector<Tally>& totals) {
  totals.push_back({total_name(of, "", what), change});
  for (const Json& area : areas) totals.push_back({total_name(of, area.get_ref<const std::string&>(), what), change});
}

void move_total(std::string_view of, const Instance& before, std::string_view leaves, const Instance& after,
                std::string_view enters, std::vector<Tally>& totals) {
  if (leaves == enters && areas_of(before) == areas_of(after)) return;
  if (!leaves.empty()) count_total(of, areas_of(before), leaves, -1, totals);
  if (!enters.empty()) count_total(of, areas_of(after), enters, 1, totals);
}

}  // namespace sparkgate
