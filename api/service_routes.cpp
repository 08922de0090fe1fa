#include "api/service_routes.h"

#include "api/compressed.h"
#include "engine/base/codes.h"
#include "workflows/diagram.h"

namespace sparkgate::api {
namespace {

Json states_json(const Description& description, Language language) {
  Json states = Json::array();
  for (const StateSpec& state : description.states) {
    states.push_back({{"name", state.name}, {"label", pick(state.label, language)}, {"terminal", state.terminal}});
  }
  return states;
}

Json events_json(const Description& description, Language language) {
  Json events = Json::array();
  for (const EventSpec& event : description.events) {
    events.push_back({{"name", event.name},
                      {"label", pick(event.label, language)},
                      {"roles", event.roles},
                      {"creates", event.creates},
                      {"fact", event.fact},
                      {"field", event.field},
                      {"signing", name_of(event.signing)},
                      {"payload_schema", event.payload_schema}});
  }
  return events;
}

Json transitions_json(const Description& description) {
  Json rows = Json::array();
  for (const TransitionSpec& row : description.transitions) {
    rows.push_back({{"from", row.from}, {"event", row.event}, {"to", row.to}, {"guard", row.guard}});
  }
  return rows;
}

Json summary_json(const Description& description, Language language) {
  return {{"name", description.name},
          {"collection", description.collection},
          {"label", pick(description.label, language)}};
}

// What keeps the service from taking a command, by name; empty when nothing does.
Json obstacles(const Service& service) {
  Json out = Json::array();
  if (service.draining) out.push_back("draining");
  if (service.engine.clock_suspect()) out.push_back("clock_suspect");
  if (const auto held = service.engine.log_obstacle()) out.push_back(refusal_row(held->code).name);
  if (!service.anchoring.may_write()) out.push_back(refusal_row(Code::unwitnessed).name);
  try {
    (void)service.engine.read()->logs();
  } catch (const StoreError&) {
    out.push_back("store_failed");
  }
  std::error_code unknown;
  const auto space = std::filesystem::space(service.options.data, unknown);
  if (!unknown && space.available < k_least_free_bytes) out.push_back("disk_full");
  return out;
}

}  // namespace

Result<Response> list_workflows(const Call& call) {
  Json items = Json::array();
  for (const Registered& registered : call.service.engine.registry().all()) {
    items.push_back(summary_json(registered.workflow->description(), call.language));
  }
  return json_response({{"items", std::move(items)}});
}

Result<Response> get_workflow(const Call& call) {
  const Workflow* workflow = call.service.engine.registry().find(call.parameter("name"));
  if (!workflow) return refuse(Code::not_found);
  const Description& description = workflow->description();
  Json body = summary_json(description, call.language);
  body["states"] = states_json(description, call.language);
  body["events"] = events_json(description, call.language);
  body["transitions"] = transitions_json(description);
  body["diagram"] = diagram(description);
  return public_text(call.request, body.dump());
}

Result<Response> get_health(const Call& call) {
  return json_response({{"status", "ok"}, {"version", call.service.options.version}});
}

Result<Response> get_readiness(const Call& call) {
  Json reasons = obstacles(call.service);
  const bool is_ready = reasons.empty();
  return json_response({{"ready", is_ready}, {"reasons", std::move(reasons)}}, is_ready ? 200 : 503);
}

Result<Response> get_openapi(const Call& call) {
  return public_text(call.request, call.service.openapi);
}

Result<Response> confirm_clock(const Call& call) {
  if (auto confirmed = call.service.engine.confirm_clock(); !confirmed) {
    return tl::make_unexpected(confirmed.error());
  }
  call.service.options.log("clock confirmed by account " + call.actor().account);
  return no_content();
}

}  // namespace sparkgate::api
