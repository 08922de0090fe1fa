#include "api/report/quarter.h"

#include <algorithm>

#include "api/query.h"
#include "api/report/counter.h"

namespace sparkgate::api {
namespace {

// First and last days of the four.
constexpr std::pair<const char*, const char*> k_ends[] = {
    {"-01-01", "-03-31"}, {"-04-01", "-06-30"}, {"-07-01", "-09-30"}, {"-10-01", "-12-31"}};

bool is_quarter(std::string_view name) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return name.size() == 7 && std::all_of(name.begin(), name.begin() + 4, is_digit) && name.substr(4, 2) == "-Q" &&
         name[6] >= '1' && name[6] <= '4';
}

Json rows_json(const std::vector<report::Counted>& rows, Language language) {
  Json out = Json::array();
  for (const report::Counted& row : rows) {
    out.push_back({{"name", row.name},
                   {"label", pick(row.label, language)},
                   {"number", row.number ? Json(*row.number) : Json()}});
  }
  return out;
}

}  // namespace

Result<Quarter> quarter_asked(const Call& call) {
  const auto query = Query::of(call.request, {"quarter"});
  if (!query) return tl::make_unexpected(query.error());
  const std::string name = query->text("quarter");
  if (!is_quarter(name)) return refuse_parameter("quarter", "应如 2026-Q3", "it is written 2026-Q3");
  const auto& [first, last] = k_ends[name[6] - '1'];
  const std::string year = name.substr(0, 4);
  Quarter quarter{name, year + first, year + last};
  if (quarter.last < call.service.reports->intake.today()) return quarter;
  return refuse_parameter("quarter", "该季度尚未结束", "it is not over yet");
}

Json statistics_json(const report::Statistics& counted, const Quarter& quarter, Language language) {
  Json out = {{"quarter", quarter.name}, {"shown", counted.is_shown}};
  if (!counted.is_shown) return out;
  out["all"] = counted.all;
  out["by_category"] = rows_json(counted.by_category, language);
  out["by_state"] = rows_json(counted.by_state, language);
  out["by_clock"] = rows_json(counted.by_clock, language);
  return out;
}

}  // namespace sparkgate::api
