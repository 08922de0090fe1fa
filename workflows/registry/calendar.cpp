#include "workflows/registry/calendar.h"

#include "workflows/registry/kinds.h"
#include "workflows/rules/zone.h"

namespace sparkgate::registry {

bool is_rest_day(const View& view, const std::string& day) {
  if (const InstancePtr calendar = find_one(view, "calendar", day.substr(0, 4))) {
    for (const Json& row : calendar->data.value("days", Json::array())) {
      if (row.at("date") == day) return row.at("kind") == "holiday";
    }
  }
  return rules::is_weekend(day);
}

}  // namespace sparkgate::registry
