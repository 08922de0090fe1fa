#include "tests/support/inspection_desk.h"

namespace sparkgate::test {

Json InspectionDesk::here() {
  return {{"longitude", "107.617485"}, {"latitude", "29.917942"}, {"accuracy_metres", 5}};
}

Result<Receipt> InspectionDesk::send(const std::string& login, const std::string& workflow, const std::string& id,
                                     const std::string& event, const Json& payload) {
  const auto& registry = town_.engine().registry();
  if (auto fits = registry.check(town_.workflow(workflow), event, payload); !fits) {
    return tl::make_unexpected(fits.error());
  }
  Command command;
  command.workflow = workflow;
  command.instance = id;
  command.event = event;
  command.actor = town_.actor(login);
  command.payload = payload;
  if (!id.empty()) command.expected_version = town_.get(id)->version;
  town_.clock.advance(milliseconds(1));  // ids sort by time
  return town_.engine().execute(command);
}

Receipt InspectionDesk::must(const std::string& login, const std::string& id, const std::string& event,
                             const Json& payload) {
  auto done = inspect(login, id, event, payload);
  if (!done) throw std::runtime_error(event + ": " + describe(done.error()));
  return *done;
}

Json InspectionDesk::at_permit(const std::string& permit) {
  return {{"notice_code", town_.get(permit)->data.at("notice_code")}, {"position", here()}};
}

Json InspectionDesk::at_place() {
  return {{"area", "500230111201-01"}, {"address", "河边空地"}, {"position", here()}};
}

std::string InspectionDesk::refer(const Json& place) {
  Command command;
  command.workflow = "inspection";
  command.event = "refer";
  command.actor = system_actor();
  command.payload = place;
  command.payload["note"] = "有人反映动火无人监护";
  town_.clock.advance(milliseconds(1));  // ids sort by time
  auto referred = town_.engine().execute(command);
  if (!referred) throw std::runtime_error("refer: " + describe(referred.error()));
  return referred->instance;
}

void InspectionDesk::record_all(const std::string& id, const Json& others) {
  Json results = Json::array();
  const InstancePtr inspection = town_.get(id);
  for (const Json& item : inspection->data.at("items")) {
    const std::string code = text_of(item, "code");
    Json result = {{"item", code}, {"result", others.value(code, "pass")}};
    if (result.at("result") == "fail") result["note"] = "现场所见";
    results.push_back(std::move(result));
  }
  must("grid_worker", id, "record", {{"results", std::move(results)}});
}

std::vector<InstancePtr> InspectionDesk::violations_of(const std::string& inspection) {
  const auto reader = town_.engine().read();
  return ReaderView(*reader).linked("violation", "inspection", inspection);
}

std::string InspectionDesk::holds(const std::string& permit) {
  const Json holds = town_.get(permit)->data.value("holds", Json::array());
  std::string out;
  for (const Json& hold : holds) {
    out += (out.empty() ? "" : "; ") + text_of(hold, "cause") + " " + text_of(hold, "role");
  }
  return out;
}

bool InspectionDesk::reads(const std::string& login, const std::string& id) {
  const InstancePtr instance = town_.get(id);
  const auto reader = town_.engine().read();
  return town_.workflow(instance->workflow).readable(*instance, town_.actor(login), ReaderView(*reader));
}

}  // namespace sparkgate::test
