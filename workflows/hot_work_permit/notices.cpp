#include "workflows/hot_work_permit/notices.h"

#include "workflows/access.h"

namespace sparkgate::permit {

void notify(Deciding& d, std::string_view role, Message message) {
  // An amended application speaks of its new place already.
  const Json& data = d.decision.facts.contains("application") ? d.decision.facts : d.permit.data;
  const Json& application = data.at("application");
  Notice notice;
  notice.code = name_of(message);
  notice.details = {{"number", d.permit.data.value("number", "")}, {"address", application.at("place").at("address")}};
  if (role == "fire_watch") {
    const Json& people = people_of(d.permit);
    const auto watch = people.find(application.at("fire_watch").get<std::string>());
    if (watch != people.end()) notice.person = text_of(*watch, "person");
  } else {
    notice.role = role;
    if (role == "applicant") notice.unit = application.at("unit").get<std::string>();
    if (role == "site_owner") notice.unit = application.at("owner_unit").get<std::string>();
    if (notice.unit.empty()) notice.area = notice_path(data.at("areas"));
  }
  d.decision.notices.push_back(std::move(notice));
}

}  // namespace sparkgate::permit
