#include "workflows/hot_work_permit/renewal.h"

#include "workflows/hot_work_permit/roles.h"

namespace sparkgate::permit {
namespace {

// Whoever is in charge confirms what nobody else is named for.
Json unnamed(const Json& measures) {
  Json out = Json::array();
  for (Json measure : measures) {
    measure.erase("by");
    out.push_back(std::move(measure));
  }
  return out;
}

}  // namespace

Json renewal_of(const Instance& permit, Time at) {
  Json out = permit.data.at("application");
  const Json numbers = permit.personal->value("numbers", Json::object());
  for (const char* member : {"operators", "fire_watch", "person_in_charge"}) {
    out.erase(member);
    if (numbers.contains(member)) out[member] = numbers.at(member);
  }
  if (out.contains("measures")) out["measures"] = unnamed(out.at("measures"));
  const auto starts = time_of(application(permit, "starts")), ends = time_of(application(permit, "ends"));
  if (starts && ends) {
    const Time from = std::max(*ends, at);
    out["starts"] = format_time(from);
    out["ends"] = format_time(from + (*ends - *starts));
  }
  out["renews"] = permit.id;
  return out;
}

}  // namespace sparkgate::permit
