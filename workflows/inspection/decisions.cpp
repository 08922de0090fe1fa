#include "workflows/inspection/decisions.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "engine/base/messages.h"
#include "workflows/inspection/checklist.h"
#include "workflows/inspection/conditions.h"
#include "workflows/inspection/opening.h"

namespace sparkgate::inspection {
namespace {

constexpr const char* k_permits = "hot_work_permit";
constexpr const char* k_severe = "violation";

// Results are facts; what was written and photographed with them lies apart.
Result<void> record(Deciding& d) {
  Json results = Json::array(), findings = Json::object();
  for (const Json& result : d.payload.at("results")) {
    const std::string item = text_of(result, "item");
    if (!has_item(d.situation.instance, item)) return refuse(Code::item_unknown, {{"value", item}});
    if (result.at("result") == "fail" && !result.contains("note")) return refuse(Code::opinion_required);
    results.push_back({{"item", item}, {"result", result.at("result")}});
    findings[item] = Json::object();
    for (const char* member : {"note", "photos"}) {
      if (result.contains(member)) findings[item][member] = result.at(member);
    }
  }
  d.decision.facts["results"] = std::move(results);
  d.decision.personal["findings"] = std::move(findings);
  return {};
}

// The hold stays until one of those who may release it does.
void suspend(Deciding& d, const Instance& permit, const std::string& reason) {
  const Instance& inspection = d.situation.instance;
  d.decision.follow_ups.push_back({k_permits, permit.id, "suspend",
                                   {{"cause", "inspection"},
                                    {"ref", inspection.id},
                                    {"role", acting_role(d.situation.actor, inspection.data.at("areas"))},
                                    {"reason", reason}}});
}

Result<void> stop_work(Deciding& d) {
  d.decision.facts["reason"] = d.payload.at("reason");
  suspend(d, *permit_of(d.situation.instance, d.situation.view), text_of(d.payload, "reason"));
  return {};
}

Json codes_of(const Json& items) {
  Json codes = Json::array();
  for (const Json& item : items) codes.push_back(item.at("code"));
  return codes;
}

void record_violation(Deciding& d, const Json& items) {
  const Instance& inspection = d.situation.instance;
  Json payload = {{"inspection", inspection.id}, {"items", Json::array()}};
  for (const Json& item : items) {
    Json kept = Json::object();
    for (const char* member : {"code", "clause", "zh", "en"}) kept[member] = item.at(member);
    payload["items"].push_back(std::move(kept));
  }
  for (const char* member : {"area", "address", "unit", "owner_unit"}) {
    if (inspection.data.contains(member)) payload[member] = inspection.data.at(member);
  }
  if (inspection.data.contains("permit")) payload["permit"] = inspection.data.at("permit").at("id");
  d.decision.follow_ups.push_back({"violation", "", "record", std::move(payload)});
}

// Both units read how it went once it is concluded.
void tell_units(Deciding& d, size_t failed) {
  const Json& data = d.situation.instance.data;
  if (!data.contains("permit")) return;
  constexpr std::pair<const char*, const char*> k_told[] = {{"applicant", "unit"}, {"site_owner", "owner_unit"}};
  for (const auto& [role, member] : k_told) {
    Notice notice;
    notice.role = role;
    notice.unit = text_of(data, member);
    notice.code = name_of(Message::inspection_concluded);
    notice.details = {{"number", data.at("permit").at("number")}, {"address", data.at("address")}, {"count", failed}};
    d.decision.notices.push_back(std::move(notice));
  }
}

// A stop that was lifted holds nothing: only a hold that stands makes another one idle.
bool is_held_by(const Instance& permit, const std::string& inspection) {
  const Json holds = permit.data.value("holds", Json::array());
  return std::any_of(holds.begin(), holds.end(), [&](const Json& hold) {
    return text_of(hold, "cause") == "inspection" && text_of(hold, "ref") == inspection;
  });
}

Result<void> conclude(Deciding& d) {
  const Instance& inspection = d.situation.instance;
  d.decision.personal["conclusion"] = d.payload.at("conclusion");
  d.decision.facts["outcome"] = outcome_of(inspection);
  const Json violations = failed_items(inspection, k_severe);
  tell_units(d, failed_items(inspection).size());
  if (violations.empty()) return {};
  record_violation(d, violations);
  const InstancePtr permit = permit_of(inspection, d.situation.view);
  const bool must_stop = permit && !is_held_by(*permit, inspection.id) && can_be_stopped(*permit);
  const Json& first = violations.front();
  if (must_stop) {
    suspend(d, *permit, "检查不合格：" + text_of(first, "zh") + " / Failed: " + text_of(first, "en"));
  }
  return {};
}

Result<void> withdraw(Deciding& d) {
  d.decision.facts["reason"] = d.payload.at("reason");
  return {};
}

Result<void> erase(Deciding& d) {
  d.decision.erase = true;
  return {};
}

struct DecideRow {
  std::string_view event;
  Result<void> (*decide)(Deciding&);
};
constexpr DecideRow k_table[] = {
    {"open", open_inspection}, {"refer", refer_inspection}, {"begin", begin_inspection}, {"record", record},
    {"stop_work", stop_work},  {"conclude", conclude},      {"withdraw", withdraw},      {"erase", erase},
};

}  // namespace

Json outcome_of(const Instance& inspection) {
  return {{"failed", codes_of(failed_items(inspection))},
          {"violations", codes_of(failed_items(inspection, k_severe))}};
}

Result<void> decide_event(Deciding& deciding) {
  for (const DecideRow& row : k_table) {
    if (row.event == deciding.situation.event) return row.decide(deciding);
  }
  return refuse(Code::unknown_event, {{"event", deciding.situation.event}});
}

}  // namespace sparkgate::inspection
