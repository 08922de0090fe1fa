#include "workflows/rules/functions.h"

#include <cmath>

namespace sparkgate::rules {
namespace {

using Arguments = std::vector<Value>;

Value number(double value) { return {true, value, {}, nullptr}; }
Time instant(const Value& value) { return Time(milliseconds(static_cast<int64_t>(value.number))); }

int64_t day_number(std::string_view day) {
  const auto midnight = parse_time(std::string(day) + "T00:00:00Z");
  return std::chrono::floor<std::chrono::days>(midnight->time_since_epoch()).count();
}

// Decimal fractions are not exact in binary: 0.41 of 4.1 must be 10, not 10.000000000000002.
double rounded(double value) { return std::round(value * 1e9) / 1e9; }

const std::vector<Function>& table() {
  static const std::vector<Function> rows = {
      {"overlaps_night",
       Type::boolean,
       {Type::time, Type::time},  // any part of [a, b) within the pack's night
       [](const PackContext& pack, const Arguments& a) {
         return number(pack.zone->overlaps_night(instant(a[0]), instant(a[1]), pack.night));
       }},
      {"hours_between",
       Type::number,
       {Type::time, Type::time},
       [](const PackContext&, const Arguments& a) { return number((a[1].number - a[0].number) / 3.6e6); }},
      {"minutes_between",
       Type::number,
       {Type::time, Type::time},
       [](const PackContext&, const Arguments& a) { return number((a[1].number - a[0].number) / 6e4); }},
      {"days_between",
       Type::number,
       {Type::day, Type::day},
       [](const PackContext&, const Arguments& a) {
         return number(static_cast<double>(day_number(a[1].text) - day_number(a[0].text)));
       }},
      {"count",
       Type::number,
       {Type::list},
       [](const PackContext&, const Arguments& a) { return number(static_cast<double>(a[0].list->size())); }},
      {"percent_of",
       Type::number,
       {Type::number, Type::number},  // a in percent of b
       [](const PackContext&, const Arguments& a) {
         return a[1].number > 0 ? number(rounded(a[0].number / a[1].number * 100)) : Value{};
       }},
  };
  return rows;
}

}  // namespace

const Function* function(std::string_view name) {
  for (const Function& row : table()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace sparkgate::rules
