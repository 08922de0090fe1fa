#include "workflows/hot_work_permit/notices.h"

#include "workflows/access.h"
#include "workflows/hot_work_permit/roles.h"

namespace sparkgate::permit {
namespace {

// An amended application speaks of its new place already.
const Json& data_of(const Deciding& d) {
  return d.decision.facts.contains("application") ? d.decision.facts : d.permit.data;
}

Notice notice_of(const Deciding& d, Message message) {
  Notice notice;
  notice.code = name_of(message);
  notice.details = {{"number", d.permit.data.value("number", "")},
                    {"address", data_of(d).at("application").at("place").at("address")}};
  return notice;
}

}  // namespace

void notify_person(Deciding& d, const std::string& person, Message message) {
  Notice notice = notice_of(d, message);
  notice.person = person;
  d.decision.notices.push_back(std::move(notice));
}

void notify(Deciding& d, std::string_view role, Message message) {
  Notice notice = notice_of(d, message);
  const Json& data = data_of(d);
  const Json& application = data.at("application");
  if (role == "fire_watch") {
    const Json& people = people_of(d.permit);
    const auto watch = people.find(current_watch(d.permit));
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
