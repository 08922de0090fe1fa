#include "workflows/log/workflow.h"

#include "engine/base/embedded.h"
#include "workflows/access.h"
#include "workflows/log/lifecycle.h"

namespace sparkgate::log {
namespace {

constexpr std::string_view k_name = "log";
const std::vector<std::string> k_readers = {"auditor", "admin"};

Description make_description() {
  const Json schemas = Json::parse(embedded("workflows/log/events.json"));
  Description out;
  out.name = k_name;
  out.collection = "logs";
  out.label = {"日志", "Transparency log"};
  out.states = {{"Open", {"记录中", "Open"}, false}, {"Closed", {"已由新日志接续", "Continued by another"}, true}};
  out.events = {{"open", {"开始", "Open"}, {}, true, false, schemas.at("open")},
                {"record_heads", {"记录各实例末条", "Record the heads"}, {}, false, true, schemas.at("record_heads")},
                {"close", {"结束", "Close"}, {}, false, false, schemas.at("close")}};
  out.transitions = transitions();
  return out;
}

}  // namespace

LogWorkflow::LogWorkflow() : description_(make_description()) {}

Result<void> LogWorkflow::assess(const Situation& situation) const {
  if (!situation.actor.system) return refuse_role({"system"});
  if (step(situation.instance.state, situation.event)) return {};
  return refuse(Code::wrong_state, {{"state", situation.instance.state}, {"event", situation.event}});
}

Result<Decision> LogWorkflow::decide(const Situation& situation, const Json& payload, Cast&) const {
  if (auto may = assess(situation); !may) return tl::make_unexpected(may.error());
  Decision decision;
  decision.facts = payload;
  if (situation.event != "open" || !payload.contains("continues")) return decision;
  // A backup may be older than the entry that opened the log it holds.
  if (const auto before = log_instance(situation.view, text_of(payload.at("continues"), "origin"))) {
    decision.follow_ups.push_back({std::string(k_name), before->id, "close", {{"by", payload.at("origin")}}});
  }
  return decision;
}

Result<void> LogWorkflow::apply(Instance& instance, const Recorded& entry) const {
  auto state = step(instance.state, entry.event);
  if (!state) return refuse(Code::wrong_state, {{"state", instance.state}, {"event", entry.event}});
  instance.state = std::move(*state);
  if (entry.event == "open") instance.data = entry.facts;
  if (entry.event == "close") instance.data["continued_by"] = entry.facts.at("by");
  if (entry.event == "record_heads") {
    instance.data["heads"] = entry.facts;
    instance.data["heads"]["at"] = format_time(entry.at);
  }
  return {};
}

Index LogWorkflow::index(const Instance& instance, const View&) const {
  Index out;
  out.links = {{"origin", text_of(instance.data, "origin")}};
  return out;
}

bool LogWorkflow::readable(const Instance&, const Actor& actor, const View&) const {
  return actor.system || has_role_somewhere(actor, k_readers);
}

Json LogWorkflow::show(const Instance& instance, const Actor&, const View&) const { return instance.data; }

InstancePtr log_instance(const View& view, std::string_view origin) {
  const auto found = view.linked(k_name, "origin", origin);
  return found.empty() ? nullptr : found.front();
}

}  // namespace sparkgate::log
