#include "workflows/hot_work_permit/preview.h"

#include <algorithm>

#include "workflows/hot_work_permit/application.h"
#include "workflows/hot_work_permit/conditions.h"
#include "workflows/hot_work_permit/preview_missing.h"
#include "workflows/hot_work_permit/roles.h"

namespace sparkgate::permit {
namespace {

// A row of the pack: its zh and en as one title.
Json titled(const Json& row) {
  Json out = row;
  for (const char* member : {"zh", "en", "when"}) out.erase(member);
  out["title"] = bilingual(text_of(row, "zh"), text_of(row, "en"));
  return out;
}

Json all_titled(const Json& rows) {
  Json out = Json::array();
  for (const Json& row : rows) out.push_back(titled(row));
  return out;
}

Json problem_of(const Refusal& refusal) {
  const Text title = label_of(refusal.code), detail = title_of(refusal), remedy = remedy_of(refusal);
  return {{"path", refusal.details.value("path", "")},
          {"code", refusal_row(refusal.code).name},
          {"title", bilingual(title.zh, title.en)},
          {"detail", bilingual(detail.zh, detail.en)},
          {"remedy", bilingual(remedy.zh, remedy.en)}};
}

Json grade_of(const rules::Pack& pack, const rules::Judgement& judgement) {
  const Json& grading = pack.json().at("grading");
  Json out = {{"code", judgement.grade}, {"decided", true}, {"reasons", Json::array()}};
  const auto add = [&](const char* kind, const Json& row) {
    out["reasons"].push_back({{"kind", kind},
                              {"code", row.at("code")},
                              {"clause", row.at("clause")},
                              {"title", bilingual(text_of(row, "zh"), text_of(row, "en"))}});
  };
  for (const Json& row : grading.at("grades")) {
    if (row.at("code") == judgement.base_grade) add("grade", row);
    if (row.at("code") == judgement.grade) out["title"] = bilingual(text_of(row, "zh"), text_of(row, "en"));
  }
  for (const Json& row : grading.at("upgrade").at("when")) {
    const auto& reasons = judgement.upgrade_reasons;
    if (std::find(reasons.begin(), reasons.end(), text_of(row, "code")) != reasons.end()) add("upgrade", row);
  }
  for (const Finding& finding : judgement.findings) {
    if (finding.code == "grade_undecided") out["decided"] = false;
  }
  return out;
}

Json figures_of(const rules::Pack& pack, const std::string& grade) {
  Json out = Json::object();
  for (const auto& [name, row] : pack.json().at("params").items()) {
    if (row.contains("by_method")) continue;
    const auto figure = pack.figure(name, grade);
    if (!figure) continue;
    Json shown = titled(row);
    shown.erase("by_grade");
    shown["value"] = *figure;
    out[name] = std::move(shown);
  }
  return out;
}

Json measures_of(const rules::Pack& pack, const Json& application) {
  Json out = all_titled(pack.measures());
  for (Json& row : out) {
    row["chosen"] = false;
    for (const Json& chosen : application.value("measures", Json::array())) {
      if (chosen.at("code") == row.at("code")) row["chosen"] = true;
    }
  }
  return out;
}

// What create would refuse, as far as it can be told.
Json problems_of(const Draft& draft, const Previewing& asked, const Result<const rules::Pack*>& pack) {
  auto objections = objections_to_units(draft.application, "", asked.actor, asked.view);
  if (!pack) objections.push_back(pack.error());
  Json out = Json::array();
  for (const Refusal& refusal : objections) out.push_back(problem_of(refusal));
  if (!pack) return out;
  for (const Refusal& refusal : objections_to(draft.application, **pack, asked.view, asked.at)) {
    out.push_back(problem_of(refusal));
  }
  return out;
}

std::string outcome_of(const Json& preview) {
  if (!preview.at("problems").empty()) return "refused";
  const auto has = [&](const char* rows, const char* member, const Json& value) {
    const Json& all = preview.at(rows);
    return std::any_of(all.begin(), all.end(), [&](const Json& row) { return row.at(member) == value; });
  };
  if (has("missing", "required", true)) return "incomplete";
  if (has("findings", "severity", "refuse")) return "returned";
  return has("findings", "severity", "undecided") || !preview.at("missing").empty() ? "undecided" : "qualified";
}

// An application in the open: people by their numbers, so that findings name what was typed.
StageJudgement judge_draft(const Draft& draft, const rules::Pack& pack, const Previewing& asked) {
  Instance permit;
  permit.data["application"] = draft.application;
  return judge("submit", permit, pack, asked.at, asked.view);
}

void add_judgement(const Draft& draft, const rules::Pack& pack, const StageJudgement& judged, Json& out) {
  Missing missing(draft, pack);
  out["findings"] = Json::array();
  for (const Finding& finding : judged.judgement.findings) {
    if (missing.takes(finding)) continue;
    Json json = to_json(finding);
    json["path"] = missing.path_of(finding);
    out["findings"].push_back(std::move(json));
  }
  out["missing"] = missing.rows();
  const Json then = consequences(pack, judged.record);
  out["approval"] = all_titled(then.at("approval_steps"));
  out["site_rules"] = then.at("site_rules");
  out["grade"] = grade_of(pack, judged.judgement);
  out["figures"] = figures_of(pack, judged.judgement.grade);
  const auto starts = time_of(draft.application.value("starts", Json()));
  if (starts)
    out["latest_end"] = format_time(
        *starts + seconds(static_cast<int64_t>(pack.number("validity_hours", judged.judgement.grade) * 3600)));
}

}  // namespace

Json preview_of(const Draft& draft, const Previewing& asked) {
  const auto pack = pack_for(draft.application, {asked.packs, asked.settings.default_pack, asked.view, asked.at});
  Json out = {{"problems", problems_of(draft, asked, pack)}, {"missing", Json::array()}};
  if (!pack) {
    out["outcome"] = "refused";
    return out;
  }
  const Json& json = (*pack)->json();
  add_judgement(draft, **pack, judge_draft(draft, **pack, asked), out);
  const rules::PackRef& ref = (*pack)->ref();
  out["pack"] = {{"id", ref.id}, {"version", ref.version}, {"digest", ref.digest}};
  out["pack"]["title"] = bilingual(text_of(json, "zh"), text_of(json, "en"));
  out["measures"] = measures_of(**pack, draft.application);
  out["pre_start"] = all_titled((*pack)->pre_start());
  out["signatures"] = json.value("signatures", Json::object()).value("required", Json::array());
  out["outcome"] = outcome_of(out);
  return out;
}

}  // namespace sparkgate::permit
