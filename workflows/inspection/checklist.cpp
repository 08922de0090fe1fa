#include "workflows/inspection/checklist.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "workflows/hot_work_permit/conditions.h"
#include "workflows/hot_work_permit/pack_choice.h"
#include "workflows/rule_packs/in_force.h"

namespace sparkgate::inspection {
namespace {

constexpr const char* k_section = "inspection";

bool has_checklist(const rules::Pack* pack) { return pack && pack->json().contains(k_section); }

// "" while it has none.
std::string result_of(const Instance& inspection, const Json& item) {
  const Json& results = inspection.data.at("results");
  const auto found = results.find(text_of(item, "code"));
  return found == results.end() ? "" : text_of(*found, "result");
}

// The kind of pack that a permit is judged by, or will be.
std::string pack_id_of(const Instance* permit, const permit::PackChoice& choice) {
  const rules::Pack* pack = permit ? permit::pack_to_show(*permit, choice) : nullptr;
  return pack ? pack->ref().id : choice.usual;
}

}  // namespace

Result<const rules::Pack*> checklist_pack(const Instance* permit, const Situation& situation, const rules::Packs& packs,
                                          const std::string& default_pack) {
  const rules::Pack* own = permit ? permit::pack_of(*permit, packs) : nullptr;
  const std::string id = pack_id_of(permit, {packs, default_pack, situation.view, situation.at});
  const auto in_force = [&](const std::string& kind) {
    return rule_packs::in_force(situation.view, packs, kind, situation.at);
  };
  for (const rules::Pack* pack : {own, in_force(id), in_force(default_pack)}) {
    if (has_checklist(pack)) return pack;
  }
  return refuse(Code::checklist_absent, {{"value", id}});
}

const Json& items_of(const rules::Pack& pack, bool has_permit) {
  return pack.json().at(k_section).at(has_permit ? "with_permit" : "without_permit");
}

// A permit that was never submitted has no figures of its own: the widest of the pack's is taken.
double geofence_metres(const Instance& permit, const rules::Pack& pack) {
  if (const auto rules = permit.data.find("site_rules"); rules != permit.data.end()) {
    return rules->at("geofence_metres").get<double>();
  }
  const Json& figure = pack.json().at("params").at("geofence_metres");
  if (figure.contains("value")) return figure.at("value").get<double>();
  double widest = 0;
  for (const Json& metres : figure.contains("by_grade") ? figure.at("by_grade") : figure.at("by_method")) {
    widest = std::max(widest, metres.get<double>());
  }
  return widest;
}

bool has_item(const Instance& inspection, std::string_view code) {
  const Json& items = inspection.data.at("items");
  return std::any_of(items.begin(), items.end(), [&](const Json& item) { return item.at("code") == code; });
}

std::vector<Finding> missing_results(const Instance& inspection) {
  std::vector<Finding> missing;
  const RefusalRow& row = refusal_row(Code::checklist_incomplete);
  for (const Json& item : inspection.data.at("items")) {
    if (!result_of(inspection, item).empty()) continue;
    Finding finding;
    finding.code = text_of(item, "code");
    finding.clause = text_of(item, "clause");
    finding.title = {text_of(item, "zh"), text_of(item, "en")};
    finding.remedy = {std::string(row.remedy_zh), std::string(row.remedy_en)};
    missing.push_back(std::move(finding));
  }
  return missing;
}

Json failed_items(const Instance& inspection, std::string_view severity) {
  Json failed = Json::array();
  for (const Json& item : inspection.data.at("items")) {
    const bool counts = severity.empty() || item.at("severity") == severity;
    if (counts && result_of(inspection, item) == "fail") failed.push_back(item);
  }
  return failed;
}

}  // namespace sparkgate::inspection
