#include "api/report/joined.h"

#include <algorithm>

#include "api/packs.h"
#include "api/query.h"
#include "api/reading.h"
#include "engine/base/codes.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/hot_work_permit/permit.h"
#include "workflows/inspection/conditions.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::api {
namespace {

constexpr const char* k_permits = "hot_work_permit";
constexpr int k_most_permits = 200;

tl::unexpected<Refusal> unknown(const char* member, const std::string& value) {
  return refuse(Code::unknown_reference, {{"path", std::string("/details/") + member}, {"value", value}});
}

std::string state_label(const Call& call, const Instance& instance) {
  const StateSpec* state = call.service.engine.registry().find(instance.workflow)->description().state(instance.state);
  return state ? std::string(pick(state->label, call.language)) : instance.state;
}

Json permit_json(const Call& call, const Instance& permit) {
  return {{"id", permit.id},
          {"number", permit.data.at("number")},
          {"state", permit.state},
          {"state_label", state_label(call, permit)},
          {"live", inspection::can_be_stopped(permit)},
          {"address", text_of(permit::application(permit, "place"), "address")},
          {"unit", permit::application(permit, "unit")},
          {"starts", permit::application(permit, "starts")},
          {"ends", permit::application(permit, "ends")}};
}

Json inspection_json(const Call& call, const View& view, const std::string& id) {
  const InstancePtr inspection = view.find(id);
  if (!inspection) return nullptr;
  Json out = {{"id", id}, {"state", inspection->state}, {"state_label", state_label(call, *inspection)}};
  if (const auto concluded = inspection->data.find("concluded"); concluded != inspection->data.end()) {
    out["failed"] = concluded->at("outcome").at("failed").size();
  }
  out["violations"] = Json::array();
  for (const InstancePtr& violation : view.linked("violation", "inspection", id)) {
    out["violations"].push_back({{"id", violation->id}, {"state_label", state_label(call, *violation)}});
  }
  return out;
}

}  // namespace

Result<PlaceAndTime> place_asked(const Call& call, const report::Summary& report) {
  const auto query = Query::of(call.request, {"area", "from", "until"});
  if (!query) return tl::make_unexpected(query.error());
  const auto from = query->time("from"), until = query->time("until");
  if (!from) return tl::make_unexpected(from.error());
  if (!until) return tl::make_unexpected(until.error());
  std::string area = query->text("area");
  if (area.empty() && report.first.is_object()) area = text_of(report.first, "area");
  if (area.empty()) return refuse_parameter("area", "举报未写明区域，请选择", "the report names no area: choose one");
  const Time day = parse_time(report.report.received + "T00:00:00Z").value();
  // The office's day, wherever it is, and the one before.
  return PlaceAndTime{area, from->value_or(day - hours(48)), until->value_or(day + hours(36))};
}

Json permits_there(const Call& call, const PlaceAndTime& where) {
  ListQuery query;
  query.workflow = k_permits;
  query.links = {{"area", where.area}};
  query.from = where.from;
  query.until = where.until;
  query.limit = k_most_permits;
  Json out = Json::array();
  for (const InstancePtr& permit : call.service.engine.read()->list(query).items) {
    out.push_back(permit_json(call, *permit));
  }
  std::stable_sort(out.begin(), out.end(), [](const Json& a, const Json& b) {
    return a.at("live").get<bool>() > b.at("live").get<bool>();
  });
  return out;
}

Result<void> check_place(const Call& call, const Json& details) {
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  if (const std::string id = text_of(details, "permit"); !id.empty()) {
    const InstancePtr permit = view.find(id);
    if (!permit || permit->workflow != k_permits) return unknown("permit", id);
  }
  const std::string area = text_of(details, "area");
  if (!area.empty() && !registry::find_one(view, "area", area)) return unknown("area", area);
  return {};
}

Json reward_figures(const Call& call) {
  auto reader = call.service.engine.read();
  const rules::Pack* pack = pack_in_force(call, RequestView(*reader), permit::Settings().default_pack);
  const Json params = pack ? pack->json().at("params") : Json::object();
  if (!params.contains("report_reward_percent")) return nullptr;
  const auto figure = [&](const char* name) { return params.at(name).at("value"); };
  return {{"percent", figure("report_reward_percent")},
          {"least", figure("report_reward_least")},
          {"most", figure("report_reward_most")},
          {"clause", params.at("report_reward_percent").at("clause")}};
}

Json hand_off_json(const Call& call, const report::HandOff& hand_off) {
  Json out = {{"sequence", hand_off.sequence}, {"due", hand_off.stored.due}, {"inspection", nullptr}};
  if (hand_off.stored.outcome.empty()) return out;
  const Json outcome = parse_json(hand_off.stored.outcome).value_or(Json::object());
  auto reader = call.service.engine.read();
  const std::string inspection = text_of(outcome, "inspection"), refused = text_of(outcome, "refused");
  if (!inspection.empty()) out["inspection"] = inspection_json(call, RequestView(*reader), inspection);
  else out["refused"] = refused.empty() ? std::string(refusal_row(Code::hand_off_unreadable).name) : refused;
  return out;
}

}  // namespace sparkgate::api
