#include "api/reading.h"

#include "api/events.h"
#include "engine/base/codes.h"
#include "engine/journal/logged.h"
#include "workflows/rules/record.h"
#include "workflows/signing/admission.h"

namespace sparkgate::api {
namespace {

Json reasons_json(const Refusal& refusal, Language language) {
  Json reasons = Json::array();
  if (refusal.code == Code::wrong_state) {  // said of most events at any time: the title is enough
    reasons.push_back({{"code", "wrong_state"}, {"title", pick(title_of(refusal), language)}});
    return reasons;
  }
  for (const Finding& finding : refusal.findings) reasons.push_back(finding_json(finding, language));
  if (reasons.empty()) reasons.push_back(finding_json(as_finding(refusal), language));
  return reasons;
}

// Whether the caller's signature goes with the event now.
std::string_view signature_word(const Found& found, const EventSpec& event, const Call& call, const View& view) {
  if (event.signing == Signing::none) return "none";
  const bool must = signing::must_sign(*found.workflow, event, *found.instance, call.actor(), view);
  return must ? "required" : "possible";
}

// Every event that a person may send at all: possible for the caller now, or why not.
Json actions_json(const Found& found, const Call& call, const View& view) {
  const Time at = std::max(call.service.engine.clock().wall(), found.instance->at);
  Json actions = Json::array();
  for (const EventSpec& event : found.workflow->description().events) {
    if (event.creates || event.roles.empty()) continue;
    const auto may =
        found.workflow->assess({*found.instance, event.name, call.actor(), at, view, call.service.engine.random()});
    Json reasons = may ? Json::array() : reasons_json(may.error(), call.language);
    actions.push_back({{"event", event.name},
                       {"label", pick(event.label, call.language)},
                       {"allowed", may.has_value()},
                       {"signature", signature_word(found, event, call, view)},
                       {"reasons", std::move(reasons)}});
  }
  return actions;
}

// Null when the pack is gone.
Json judged_again(const rules::Packs& packs, const Json& decision) {
  const rules::Pack* pack = packs.by_digest(text_of(decision.value("pack", Json::object()), "digest"));
  return pack ? Json(rules::repeats(*pack, decision)) : Json();
}

Json entry_json(const journal::Entry& entry, const journal::Logged& logged) {
  const journal::Head& head = logged.head;
  Json out = {{"index", entry.index}, {"seq", head.seq},     {"type", head.type},          {"from", head.from},
              {"to", head.to},        {"actor", head.actor}, {"at", format_time(head.at)}, {"leaf", hex(entry.leaf)}};
  if (const auto by = logged.facts.find("signed"); by != logged.facts.end()) out["signed"] = *by;
  return out;
}

}  // namespace

Result<Found> readable_instance(const Call& call, const View& view) {
  const auto workflow = call.workflow();
  if (!workflow) return tl::make_unexpected(workflow.error());
  InstancePtr instance = view.find(call.parameter("id"));
  if (!instance || instance->workflow != (*workflow)->description().name ||
      !(*workflow)->readable(*instance, call.actor(), view)) {
    return refuse(Code::not_found);
  }
  return Found{*workflow, std::move(instance)};
}

InstancePtr RequestView::find(std::string_view id) const {
  if (const auto at = found_.find(id); at != found_.end()) return at->second;
  return found_.emplace(id, view_.find(id)).first->second;
}

std::vector<InstancePtr> RequestView::linked(std::string_view workflow, std::string_view kind,
                                             std::string_view ref) const {
  std::string key;
  for (const std::string_view part : {workflow, kind, ref}) key.append(part).push_back('\n');
  if (const auto at = linked_.find(key); at != linked_.end()) return at->second;
  return linked_.emplace(std::move(key), view_.linked(workflow, kind, ref)).first->second;
}

Json instance_json(const Workflow& workflow, const Instance& instance, const Call& call, const View& view) {
  const StateSpec* state = workflow.description().state(instance.state);
  Json data = workflow.show(instance, call.actor(), view);
  Json out = {{"id", instance.id},
              {"workflow", instance.workflow},
              {"state", instance.state},
              {"state_label", state ? pick(state->label, call.language) : std::string_view(instance.state)},
              {"version", instance.version},
              {"at", format_time(instance.at)}};
  // Of what offline devices brought, names for the codes in it, what falls due: texts beside the facts.
  for (const char* member : {"conflicts", "labels", "due"}) {
    if (!data.contains(member)) continue;
    out[member] = in_language(data.at(member), call.language);
    data.erase(member);
  }
  out["data"] = std::move(data);
  return out;
}

Result<Response> get_instance(const Call& call) {
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  const auto found = readable_instance(call, view);
  if (!found) return tl::make_unexpected(found.error());
  Json body = instance_json(*found->workflow, *found->instance, call, view);
  body["actions"] = actions_json(*found, call, view);
  Response response = json_response(body);
  response.headers.emplace_back("ETag", etag(found->instance->version));
  return response;
}

Result<Response> get_entries(const Call& call) {
  auto reader = call.service.engine.read();
  const auto found = readable_instance(call, RequestView(*reader));
  if (!found) return tl::make_unexpected(found.error());
  Json items = Json::array();
  for (const journal::Entry& entry : reader->entries(found->instance->id)) {
    const auto logged = journal::read_entry(entry);
    if (!logged) return tl::make_unexpected(logged.error());
    items.push_back(entry_json(entry, *logged));
  }
  return json_response({{"items", std::move(items)}});
}

Result<Response> get_decisions(const Call& call) {
  auto reader = call.service.engine.read();
  const auto found = readable_instance(call, RequestView(*reader));
  if (!found) return tl::make_unexpected(found.error());
  Json items = Json::array();
  for (const journal::Entry& entry : reader->entries(found->instance->id)) {
    const auto logged = journal::read_entry(entry);
    if (!logged) return tl::make_unexpected(logged.error());
    if (!logged->facts.contains("decision")) continue;
    Json item = logged->facts.at("decision");
    item["reevaluated"] = judged_again(call.service.packs, item);
    if (item.contains("findings")) {
      for (Json& finding : item["findings"]) finding = finding_json(finding_from_json(finding), call.language);
    }
    item["entry"] = entry_json(entry, *logged);
    items.push_back(std::move(item));
  }
  return json_response({{"items", std::move(items)}});
}

Result<Response> get_follow_ups(const Call& call) {
  auto reader = call.service.engine.read();
  const auto found = readable_instance(call, RequestView(*reader));
  if (!found) return tl::make_unexpected(found.error());
  Json items = Json::array();
  for (const FollowUpRecord& record : reader->follow_ups(found->instance->id)) {
    // The entry's index, or the refusal's code; what else the store keeps of a refusal is for its operator.
    const std::string outcome = record.outcome.substr(0, record.outcome.find(':'));
    items.push_back({{"cause", record.cause},
                     {"ordinal", record.ordinal},
                     {"workflow", record.command.workflow},
                     {"instance", record.command.instance},
                     {"event", record.command.event},
                     {"status", record.status},
                     {"outcome", outcome}});
  }
  return json_response({{"items", std::move(items)}});
}

}  // namespace sparkgate::api
