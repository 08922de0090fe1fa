#include "tests/support/pack_desk.h"

#include "tests/support/files.h"
#include "workflows/evidence/archive.h"

namespace sparkgate::test {

Json PackDesk::version(int n, const Json& changes) {
  Json pack = service_.app().packs().latest("cn-gb30871-2022")->json();
  pack["version"] = "9." + std::to_string(n);
  pack.merge_patch(changes);
  return pack;
}

Json PackDesk::strict(int n) {
  return version(n, {{"params", {{"validity_hours", {{"by_grade", {{"special", 1}, {"one", 1}, {"two", 2}}}}}}}});
}

Got PackDesk::send(const std::string& instance, const std::string& event, const Json& body) {
  const Got now = service_.ask({"GET", "/api/v1/packs/" + instance, "admin"});
  return service_.ask({"POST", "/api/v1/packs/" + instance + "/" + event, "admin", body,
                       {{"if-match", now.headers.contains("ETag") ? now.headers.at("ETag") : ""}}});
}

Got PackDesk::trial_on(const std::string& digest, const std::string& zip) {
  api::Request request;
  request.method = "POST";
  request.path = "/api/v1/packs/" + digest + "/trial";
  request.headers = {{"content-type", "application/zip"}, {"authorization", "Bearer " + service_.token("admin")}};
  request.body = zip;
  return service_.ask_raw(request);
}

std::string PackDesk::permit() {
  const Time from = service_.clock.wall() + minutes(10);
  const Json application = {
      {"unit", "91500230MADEMA01XB"},
      {"owner_unit", "91500230MADEMA11X1"},
      {"area", "500230111201-01"},
      {"place",
       {{"address", "1号厂房"}, {"longitude", "107.617485"}, {"latitude", "29.917942"}, {"outdoor", false},
        {"confined_space", false}, {"height_metres", "0"}}},
      {"work", "焊接支架"},
      {"method", "electric_welding"},
      {"special_equipment", false},
      {"explosive_place", false},
      {"running_or_pressurised", false},
      {"isolated_with_approval", false},
      {"tank_bund", false},
      {"pipe_rack", false},
      {"wind_force", 2},
      {"essential", false},
      {"starts", format_time(from)},
      {"ends", format_time(from + hours(4))},
      {"operators", {"T500230198604120315"}},
      {"fire_watch", "500230198302140863"},
      {"person_in_charge", "500230199001011093"},
      {"machines", {"DEMO-WM-01"}},
      {"measures", {{{"code", "A.1-8"}}}}};
  const Got made = service_.ask({"POST", "/api/v1/permits", "applicant", application});
  const std::string id = text_of(made.body, "id");
  const Got sent = service_.ask(
      {"POST", "/api/v1/permits/" + id + "/submit", "applicant", Json::object(), {{"if-match", "\"1\""}}});
  if (sent.status != 200) throw std::runtime_error("not submitted: " + made.text + sent.text);
  return id;
}

std::string PackDesk::judged(const std::string& permit) {
  const Json body = service_.ask({"GET", "/api/v1/permits/" + permit, "supervisor1"}).body;
  return text_of(body.at("data").at("pack"), "version") + " " + text_of(body, "state");
}

std::string zip_of(const std::string& folder, const std::function<void(FilesByName&)>& change) {
  FilesByName named;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    named[file.path().filename()] = content_of(file.path());
  }
  if (change) change(named);
  evidence::Files files;
  for (auto& [name, bytes] : named) files[name] = std::move(bytes);
  return evidence::write_archive(files, files.begin()->first);
}

}  // namespace sparkgate::test
