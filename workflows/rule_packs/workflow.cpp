#include "workflows/rule_packs/workflow.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "engine/base/embedded.h"
#include "workflows/access.h"
#include "workflows/describe.h"
#include "workflows/rule_packs/in_force.h"
#include "workflows/rule_packs/lifecycle.h"

namespace sparkgate::rule_packs {
namespace {

struct EventRow {
  const char *name, *zh, *en;
};

// clang-format off
constexpr EventRow k_events[] = {
  {"draft"   , "上传草稿", "Upload a draft"},
  {"activate", "启用"    , "Activate"},
  {"cancel"  , "取消启用", "Cancel what has not begun"},
  {"discard" , "弃用草稿", "Discard the draft"},
};
// clang-format on

// The draft's entry names a document, so it is made by the route that stores the document: POST /api/v1/packs.
Description make_description() {
  const Json schemas = Json::parse(embedded("workflows/rule_packs/events.json"));
  Description out;
  out.name = k_name;
  out.collection = "packs";
  out.label = {"规则包", "Rule pack"};
  out.states = {{"Draft", {"草稿", "Draft"}},
                {"Activated", {"已启用", "Activated"}},
                {"Discarded", {"已弃用", "Discarded"}, true}};
  for (const EventRow& row : k_events) {
    EventSpec event = described_event(row.name, row.zh, row.en, schemas);
    event.creates = event.name == "draft";
    if (!event.creates) event.roles = {"admin"};
    out.events.push_back(std::move(event));
  }
  out.transitions = transitions();
  out.open = true;
  return out;
}

Result<Decision> draft(const Situation& s, const Json& payload, const rules::Packs& packs) {
  const std::string digest = text_of(payload, "digest");
  const rules::Pack* pack = packs.by_digest(digest);
  if (!pack) return refuse(Code::pack_unknown, {{"value", digest}, {"available", ""}});
  const rules::PackRef& ref = pack->ref();
  if (upload_of(s.view, digest)) return refuse(Code::already_registered, {{"key", ref.id + " " + ref.version}});
  Decision decision;
  decision.facts = {{"id", ref.id},
                    {"version", ref.version},
                    {"digest", digest},
                    {"zh", pack->json().at("zh")},
                    {"en", pack->json().at("en")}};
  return decision;
}

// Never in the past: what was judged by then was judged by another.
Result<Decision> activate(const Situation& s, const Json& payload) {
  Time from = s.at;
  if (payload.contains("from")) {
    const auto given = parse_time(text_of(payload, "from"));
    if (!given || *given < s.at) {
      return refuse(Code::time_impossible, {{"path", "/from"}, {"actual", payload.at("from")}});
    }
    from = *given;
  }
  Decision decision;
  decision.facts["from"] = format_time(from);
  return decision;
}

bool has_begun(const Json& activation, Time at) {
  const auto from = parse_time(text_of(activation, "from"));
  return from && *from <= at;
}

Result<Decision> cancel(const Situation& s) {
  const Json& activations = s.instance.data.at("activations");
  const auto begun = std::count_if(activations.begin(), activations.end(),
                                   [&](const Json& activation) { return has_begun(activation, s.at); });
  if (static_cast<size_t>(begun) == activations.size()) {
    return refuse(Code::wrong_state, {{"state", s.instance.state}, {"event", s.event}});
  }
  Decision decision;
  decision.facts["none_left"] = begun == 0;
  return decision;
}

void forget_those_to_come(Json& data, Time at) {
  Json kept = Json::array();
  for (const Json& activation : data.at("activations")) {
    if (has_begun(activation, at)) kept.push_back(activation);
  }
  data["activations"] = std::move(kept);
}

}  // namespace

RulePacks::RulePacks(const rules::Packs& packs) : packs_(packs), description_(make_description()) {}

Result<void> RulePacks::assess(const Situation& situation) const {
  if (!description_.event(situation.event)) return refuse(Code::unknown_event, {{"event", situation.event}});
  if (!has_role_somewhere(situation.actor, {"admin"})) return refuse_role({"admin"});
  if (description_.leads(situation.instance.state, situation.event)) return {};
  return refuse(Code::wrong_state, {{"state", situation.instance.state}, {"event", situation.event}});
}

Result<Decision> RulePacks::decide(const Situation& situation, const Json& payload, Cast&) const {
  if (auto may = assess(situation); !may) return tl::make_unexpected(std::move(may.error()));
  if (situation.event == "draft") return draft(situation, payload, packs_);
  if (situation.event == "activate") return activate(situation, payload);
  if (situation.event == "cancel") return cancel(situation);
  return Decision{};
}

Result<void> RulePacks::apply(Instance& instance, const Recorded& entry) const {
  auto to = step(instance.state, entry.event, entry.facts.value("none_left", false));
  if (!to) return refuse(Code::wrong_state, {{"state", instance.state}, {"event", entry.event}});
  instance.state = std::move(*to);
  Json& data = instance.data;
  Json by_at = {{"by", entry.actor}, {"at", format_time(entry.at)}};
  if (entry.event == "draft") {
    data = entry.facts;
    data["uploaded"] = std::move(by_at);
  } else if (entry.event == "activate") {
    by_at["from"] = entry.facts.at("from");
    data["activations"].push_back(std::move(by_at));
  } else if (entry.event == "cancel") {
    forget_those_to_come(data, entry.at);
  } else {
    data["discarded"] = std::move(by_at);
  }
  return {};
}

Index RulePacks::index(const Instance& upload, const View&) const {
  Index out;
  out.links = {{"pack_id", text_of(upload.data, "id")}, {"digest", text_of(upload.data, "digest")}};
  return out;
}

Json RulePacks::show(const Instance& upload, const Actor&, const View&) const {
  Json out = upload.data;
  out["people"] = Json::object();
  for (const auto& [name, person] : people_of(upload).items()) {
    out["people"][name] = {{"name", text_of(person, "name")}};
  }
  return out;
}

}  // namespace sparkgate::rule_packs
