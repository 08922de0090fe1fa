#include "workflows/log/workflow.h"

#include <algorithm>

#include "certs/note.h"
#include "engine/base/codes.h"
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
                {"add_key", {"启用签名密钥", "Add a signing key"}, {}, false, true, schemas.at("add_key")},
                {"retire_key", {"停用签名密钥", "Retire a signing key"}, {}, false, true, schemas.at("retire_key")},
                {"record_reports_day", {"记录举报日志根", "Record a day of reports"}, {}, false, true,
                 schemas.at("record_reports_day")},
                {"close", {"结束", "Close"}, {}, false, false, schemas.at("close")}};
  out.transitions = transitions();
  return out;
}

std::vector<std::string> texts(const Json& data, const char* member) {
  return data.value(member, Json::array()).get<std::vector<std::string>>();
}

bool holds(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool is_ed25519(const std::string& vkey) {
  const auto key = NoteVerifier::parse(vkey);
  return key && key->kind() == NoteKeyKind::ed25519;
}

// Nobody could check what follows without one key of the kind that every verifier knows.
Result<void> check_retirement(const Json& data, const std::string& key) {
  auto left = texts(data, "keys");
  if (!holds(left, key)) return refuse(Code::key_ended);
  std::erase(left, key);
  if (std::none_of(left.begin(), left.end(), is_ed25519)) return refuse(Code::last_log_key);
  return {};
}

Result<void> check_addition(const Json& data, const std::string& vkey) {
  if (holds(texts(data, "keys"), vkey) || holds(texts(data, "retired"), vkey)) {
    return refuse(Code::already_registered, {{"key", vkey}});
  }
  const auto key = NoteVerifier::parse(vkey);
  if (!key) return tl::make_unexpected(key.error());
  if (key->name() == text_of(data, "origin") && key->kind() != NoteKeyKind::cosignature) return {};
  return refuse(Code::key_invalid, {{"reason", bilingual("不是本日志的密钥", "it is not a key of this log")}});
}

void retire(Json& data, const std::string& key) {
  auto left = texts(data, "keys");
  std::erase(left, key);
  data["keys"] = left;
  data["retired"].push_back(key);
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
  const Json& data = situation.instance.data;
  if (situation.event == "add_key") {
    if (auto good = check_addition(data, payload.at("key")); !good) return tl::make_unexpected(good.error());
  }
  if (situation.event == "retire_key") {
    if (auto good = check_retirement(data, payload.at("key")); !good) return tl::make_unexpected(good.error());
  }
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
  if (entry.event == "add_key") instance.data["keys"].push_back(entry.facts.at("key"));
  if (entry.event == "retire_key") retire(instance.data, entry.facts.at("key"));
  if (entry.event == "record_reports_day") instance.data["reports_day"] = entry.facts.at("day");
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

LogSigners signers_of(const View& view, std::string_view origin) {
  const InstancePtr log = log_instance(view, origin);
  return log ? LogSigners{texts(log->data, "keys"), texts(log->data, "retired")} : LogSigners{};
}

}  // namespace sparkgate::log
