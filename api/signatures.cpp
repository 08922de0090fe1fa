#include "api/signatures.h"

#include "api/events.h"
#include "api/query.h"
#include "api/reading.h"
#include "engine/base/codes.h"
#include "workflows/signing/offer.h"

namespace sparkgate::api {
namespace {

Result<Response> offer(const Call& call, const std::string& origin, const Workflow& workflow, const EventSpec& event,
                       const Instance& instance, const View& view) {
  const auto query = Query::of(call.request, {"key"});
  if (!query) return tl::make_unexpected(query.error());
  const auto payload = json_body(call.request);
  if (!payload) return tl::make_unexpected(payload.error());
  if (auto fits = call.service.engine.registry().check(workflow, event.name, *payload); !fits) {
    return tl::make_unexpected(fits.error());
  }
  const auto seen = expected_version(call.request);
  if (!seen) return tl::make_unexpected(seen.error());
  if (*seen && **seen != instance.version) {
    return refuse(Code::version_mismatch, {{"actual", instance.version}, {"needed", **seen}});
  }
  Engine& engine = call.service.engine;
  const Time at = std::max(engine.clock().wall(), instance.at);
  const Situation situation{instance, event.name, call.actor(), at, view, engine.random()};
  const auto offered = signing::offer(origin, workflow, event, situation, *payload, query->text("key"));
  if (!offered) return tl::make_unexpected(offered.error());
  return json_response(*offered);
}

}  // namespace

Result<Response> offer_creating_intent(const Call& call) {
  const auto workflow = call.workflow();
  if (!workflow) return tl::make_unexpected(workflow.error());
  const EventSpec* event = (*workflow)->description().creating_event();
  if (!event) return refuse(Code::not_found);
  if (auto may = check_role(*event, call.actor()); !may) return tl::make_unexpected(may.error());
  auto reader = call.service.engine.read();
  return offer(call, reader->logs().back().origin, **workflow, *event, Instance(), RequestView(*reader));
}

Result<Response> offer_event_intent(const Call& call) {
  const auto workflow = call.workflow();
  if (!workflow) return tl::make_unexpected(workflow.error());
  const EventSpec* event = (*workflow)->description().event(call.parameter("event"));
  if (!event) return refuse(Code::unknown_event, {{"event", call.parameter("event")}});
  if (auto may = check_role(*event, call.actor()); !may) return tl::make_unexpected(may.error());
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  const auto found = readable_instance(call, view);
  if (!found) return tl::make_unexpected(found.error());
  return offer(call, reader->logs().back().origin, **workflow, *event, *found->instance, view);
}

Result<Json> checked_signature(const Call& call, const Workflow& workflow, const EventSpec& event, const Json& payload,
                               const Json& signed_part) {
  if (signed_part.is_null()) return signed_part;
  auto reader = call.service.engine.read();
  const std::string origin = reader->logs().back().origin;
  const signing::Sent sent{origin, workflow, event, call.parameter("id"), payload};
  return signing::check_sent(signed_part, sent, ReaderView(*reader), call.service.options.passkeys);
}

}  // namespace sparkgate::api
