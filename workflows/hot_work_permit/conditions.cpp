#include "workflows/hot_work_permit/conditions.h"

#include "engine/base/codes.h"
#include "workflows/hot_work_permit/field.h"
#include "workflows/hot_work_permit/register_view.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/hot_work_permit/site.h"
#include "workflows/rules/record.h"

namespace sparkgate::permit {
namespace {

/// Gathers what is not met.
class Unmet {
 public:
  void add(Code code, Json details = Json::object()) { refusals_.push_back({code, std::move(details), {}}); }
  void add(const rules::Judgement& judgement) {
    for (const Finding& finding : judgement.findings) {
      if (finding.severity != Severity::warn) findings_.push_back(finding);
    }
  }
  Result<void> result() && {
    if (!findings_.empty()) add(Code::conditions_unmet, {{"count", refusals_.size() + findings_.size()}});
    if (refusals_.empty()) return {};
    const auto first = std::min_element(refusals_.begin(), refusals_.end(),
                                        [](const Refusal& a, const Refusal& b) { return a.code < b.code; });
    Refusal out = *first;
    for (const Refusal& refusal : refusals_) {
      if (refusal.code != Code::conditions_unmet) out.findings.push_back(as_finding(refusal));
    }
    out.findings.insert(out.findings.end(), findings_.begin(), findings_.end());
    return tl::make_unexpected(std::move(out));
  }

 private:
  std::vector<Refusal> refusals_;
  std::vector<Finding> findings_;
};

struct Asked {
  const Instance& permit;
  field::Happened when;
  std::string me;
  const rules::Packs* packs = nullptr;  // null with `view`: what the rules said is taken from the entry
  const View* view = nullptr;
  const Json* facts = nullptr;          // of the entry, when it has been made
  std::optional<StageJudgement>* judgement = nullptr;  // gets the judgement where a pack is asked
};

void others_act(const Asked& asked, Unmet& unmet) {
  if (takes_part(asked.permit, asked.me)) unmet.add(Code::separation_of_duties);
}

void owner_consented(const Asked& asked, Unmet& unmet) {
  if (!asked.permit.data.contains("consent")) unmet.add(Code::consent_missing);
}

void step_is_new_to_me(const Asked& asked, Unmet& unmet) {
  for (const Json& approval : asked.permit.data.value("approvals", Json::array())) {
    if (approval.at("by") == asked.me) return unmet.add(Code::already_approved);
  }
}

void window_lasts(const Asked& asked, Unmet& unmet) {
  const Json& ends = application(asked.permit, "ends");
  if (asked.when.latest >= time_of(ends).value_or(Time{})) unmet.add(Code::window_over, {{"actual", ends}});
}

void window_open(const Asked& asked, Unmet& unmet) {
  const Json& starts = application(asked.permit, "starts");
  if (asked.when.earliest < time_of(starts).value_or(Time{})) unmet.add(Code::window_not_open, {{"needed", starts}});
}

// Holds that end by themselves once what caused them is mended; the rules of the stage see to that.
bool mends_itself(const Json& hold) { return hold.value("by_rule", false); }

void no_hold(const Asked& asked, Unmet& unmet) {
  std::string names;
  for (const Json& hold : asked.permit.data.value("holds", Json::array())) {
    if (mends_itself(hold)) continue;
    names += (names.empty() ? "" : ", ") + text_of(hold, "cause");
  }
  if (!names.empty()) unmet.add(Code::holds_remain, {{"holds", names}});
}

void judged_before(const Asked& asked, Unmet& unmet) {
  rules::Judgement judgement;
  for (const Json& finding : asked.facts->at("decision").at("findings")) {
    judgement.findings.push_back(finding_from_json(finding));
  }
  unmet.add(judgement);
}

void judged_at(std::string_view stage, const Asked& asked, Unmet& unmet) {
  if (!asked.view) return judged_before(asked, unmet);
  const rules::Pack* pack = pack_of(asked.permit, *asked.packs, "");
  if (!pack) return unmet.add(Code::pack_unknown, {{"value", ""}, {"available", ""}});
  *asked.judgement = judge(stage, asked.permit, *pack, asked.when.latest, *asked.view);
  unmet.add((*asked.judgement)->judgement);
}

void fit_to_start(const Asked& asked, Unmet& unmet) { judged_at("start", asked, unmet); }
void fit_to_resume(const Asked& asked, Unmet& unmet) { judged_at("resume", asked, unmet); }

void watch_on_site(const Asked& asked, Unmet& unmet) {
  if (!is_watch_on_site(asked.permit)) unmet.add(Code::watch_absent);
}

void countdown_over(const Asked& asked, Unmet& unmet) {
  const auto ends = watch_ends(asked.permit);
  if (ends && asked.when.earliest < *ends) unmet.add(Code::watch_not_over, {{"needed", format_time(*ends)}});
}

void not_erased(const Asked& asked, Unmet& unmet) {
  if (asked.permit.data.contains("erased_at")) {
    unmet.add(Code::wrong_state, {{"state", asked.permit.state}, {"event", "erase"}});
  }
}

void conflict_open(const Asked& asked, Unmet& unmet) {
  if (!has_open_conflict(asked.permit)) unmet.add(Code::conflict_unknown);
}

// Whoever approves, or lets work go on undecided matters, takes no part in the work.
struct ConditionRow {
  std::string_view event;
  std::vector<void (*)(const Asked&, Unmet&)> conditions;
};
const std::vector<ConditionRow>& table() {
  static const std::vector<ConditionRow> rows = {
      {"submit", {window_lasts}},
      {"qualify", {others_act}},
      {"approve", {others_act, step_is_new_to_me, owner_consented, window_lasts}},
      {"confirm_site", {others_act, window_lasts}},
      {"start", {window_open, window_lasts, no_hold, fit_to_start}},
      {"resume", {window_lasts, no_hold, fit_to_resume}},
      {"watch_checked_out", {watch_on_site}},
      {"round", {watch_on_site}},
      {"complete_watch", {watch_on_site, countdown_over}},
      {"field_conflict", {not_erased}},
      {"settle_conflict", {not_erased, others_act, conflict_open}},
  };
  return rows;
}

Result<void> check(std::string_view event, const Asked& asked) {
  Unmet unmet;
  for (const ConditionRow& row : table()) {
    if (row.event != event) continue;
    for (const auto condition : row.conditions) condition(asked, unmet);
  }
  return std::move(unmet).result();
}

}  // namespace

StageJudgement judge(std::string_view stage, const Instance& permit, const rules::Pack& pack, Time at,
                     const View& view) {
  Json facts = RegisterView(view, permit).facts(pack.zone());
  if (stage != "submit") {
    facts["grade"] = permit.data.value("grade", "");
    facts["site"] = site_facts(permit, pack, at);
  }
  StageJudgement out{pack.judge(stage, facts), Json::object()};
  out.record = rules::record_of(stage, pack, std::move(facts), out.judgement);
  return out;
}

Json consequences(const rules::Pack& pack, const Json& record) {
  const std::string grade = text_of(record, "grade");
  const auto figure = [&](const char* name) { return static_cast<int64_t>(pack.number(name, grade)); };
  return {{"approval_steps", pack.approval(grade)},
          {"site_rules",
           {{"gas_required", pack.gas_required(record.at("inputs"))},
            {"gas_repeat_hours", figure("gas_repeat_hours")},
            {"watch_minutes", figure("watch_minutes")},
            {"geofence_metres", figure("geofence_metres")},
            {"round_interval_minutes", figure("round_interval_minutes")}}}};
}

const rules::Pack* pack_of(const Instance& permit, const rules::Packs& packs, std::string_view default_pack) {
  if (const auto it = permit.data.find("pack"); it != permit.data.end()) return packs.by_digest(text_of(*it, "digest"));
  const Json& wanted = application(permit, "pack");
  return packs.latest(wanted.is_string() ? wanted.get<std::string>() : std::string(default_pack));
}

Result<std::optional<StageJudgement>> check_conditions(const Situation& situation, const rules::Packs& packs) {
  std::optional<StageJudgement> judgement;
  const auto met = check(situation.event, {situation.instance, field::happened(situation),
                                           name_within(situation.instance, situation.actor), &packs, &situation.view,
                                           nullptr, &judgement});
  if (!met) return tl::make_unexpected(met.error());
  return judgement;
}

Result<void> recheck_conditions(const Instance& permit, const Recorded& entry) {
  return check(entry.event, {permit, field::happened(entry), std::string(entry.actor), nullptr, nullptr, &entry.facts});
}

}  // namespace sparkgate::permit
