#include "workflows/hot_work_permit/conditions.h"

#include "engine/base/codes.h"
#include "workflows/hot_work_permit/field.h"
#include "workflows/hot_work_permit/grounds.h"
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
  /// Unless the rules have just found the same.
  void add_once(const Finding& finding) {
    if (std::find(findings_.begin(), findings_.end(), finding) == findings_.end()) findings_.push_back(finding);
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

// Also when a delegate did so in their stead.
bool has_approved(const Instance& permit, std::string_view person) {
  if (person.empty()) return false;  // who has no name here has done nothing here
  const Json approvals = permit.data.value("approvals", Json::array());
  return std::any_of(approvals.begin(), approvals.end(), [&](const Json& approval) {
    return approval.at("by") == person || text_of(approval, "for") == person;
  });
}

void step_is_new_to_me(const Asked& asked, Unmet& unmet) {
  if (has_approved(asked.permit, asked.me)) unmet.add(Code::already_approved);
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
  const rules::Pack* pack = pack_of(asked.permit, *asked.packs);
  if (!pack) return unmet.add(Code::pack_unknown, {{"value", ""}, {"available", ""}});
  *asked.judgement = judge(stage, asked.permit, *pack, asked.when.latest, *asked.view);
  unmet.add((*asked.judgement)->judgement);
}

// What a device tells later is judged by what is known today; what came after it did not let it happen.
void came_after_its_grounds(const Asked& asked, Unmet& unmet) {
  for (const Ground& ground : grounds_of(asked.permit)) {
    if (ground.since <= asked.when.earliest) continue;
    unmet.add(Code::happened_before_evidence, {{"what", ground.name},
                                               {"needed", format_time(ground.since)},
                                               {"actual", format_time(asked.when.earliest)}});
  }
}

void fit_to_start(const Asked& asked, Unmet& unmet) { judged_at("start", asked, unmet); }
void fit_to_resume(const Asked& asked, Unmet& unmet) { judged_at("resume", asked, unmet); }

// What was found against bad gas stands until a good test that was sampled later.
void gas_tested_since_bad(const Asked& asked, Unmet& unmet) {
  const auto bad = asked.permit.data.find("gas_bad");
  if (bad == asked.permit.data.end()) return;
  for (const Json& finding : bad->at("findings")) unmet.add_once(finding_from_json(finding));
}

void watch_on_site(const Asked& asked, Unmet& unmet) {
  if (!is_watch_on_site(asked.permit)) unmet.add(Code::watch_absent);
}

void watch_is_mine(const Asked& asked, Unmet& unmet) {
  if (current_watch(asked.permit) != asked.me) unmet.add(Code::watch_not_offered);
}

bool is_offered(const Asked& asked) {
  return !asked.me.empty() && asked.permit.data.value("watch", Json::object()).value("next", "") == asked.me;
}

void offered_to_me(const Asked& asked, Unmet& unmet) {
  if (!is_offered(asked)) unmet.add(Code::watch_not_offered);
}

// The rules look at whoever would watch.
void fit_to_take_over(const Asked& asked, Unmet& unmet) {
  if (!is_offered(asked)) return;
  const Instance next = with_next_watch(asked.permit);
  judged_at("hand_over", {next, asked.when, asked.me, asked.packs, asked.view, asked.facts, asked.judgement}, unmet);
}

void countdown_over(const Asked& asked, Unmet& unmet) {
  auto ends = watch_ends(asked.permit);
  if (!ends) return;
  // Monitoring that has not begun yet is still to come.
  const Json& watch = asked.permit.data.at("watch");
  const bool begins_later = !watch.contains("elapsed_at");
  if (begins_later) *ends += minutes(asked.permit.data.at("site_rules").value("monitoring_minutes", int64_t{0}));
  if (asked.when.earliest < *ends) unmet.add(Code::watch_not_over, {{"needed", format_time(*ends)}});
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
      {"start", {window_open, window_lasts, no_hold, came_after_its_grounds, fit_to_start, gas_tested_since_bad}},
      {"resume", {window_lasts, no_hold, came_after_its_grounds, fit_to_resume, gas_tested_since_bad}},
      {"watch_checked_in", {watch_is_mine}},
      {"watch_checked_out", {watch_on_site, watch_is_mine}},
      {"hand_over_watch", {watch_on_site, watch_is_mine}},
      {"take_over_watch", {offered_to_me, fit_to_take_over}},
      {"hand_over_shift", {watch_on_site, window_lasts}},
      {"pre_start_check", {window_lasts}},
      {"revalidate", {others_act, window_lasts}},
      {"round", {watch_on_site, watch_is_mine}},
      {"complete_watch", {watch_on_site, watch_is_mine, countdown_over}},
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

// What the place is run by from then on; a pack may do without some of them.
constexpr const char* k_figures[] = {"gas_repeat_hours",       "watch_minutes",        "geofence_metres",
                                     "round_interval_minutes", "round_grace_minutes",  "gas_continuous_gap_minutes",
                                     "monitoring_minutes",     "monitoring_round_minutes", "revalidate_over_hours"};

}  // namespace

Result<void> check_apart(const Instance& permit, std::string_view person) {
  if (takes_part(permit, person)) return refuse(Code::separation_of_duties);
  if (has_approved(permit, person)) return refuse(Code::already_approved);
  return {};
}

StageJudgement judge(std::string_view stage, const Instance& permit, const rules::Pack& pack, Time at,
                     const View& view) {
  Json facts = RegisterView(view, permit).facts(pack.zone());
  if (stage != "submit") {
    facts["grade"] = permit.data.value("grade", "");
    facts["site"] = site_facts(permit, pack, at);
    const std::string instrument = text_of(permit.data.value("gas", Json::object()), "instrument");
    if (!instrument.empty()) facts["site"]["gas"].update(RegisterView(view, permit).instrument_facts(instrument));
  }
  StageJudgement out{pack.judge(stage, facts), Json::object()};
  out.record = rules::record_of(stage, pack, std::move(facts), out.judgement);
  return out;
}

Json consequences(const rules::Pack& pack, const Json& record) {
  const std::string grade = text_of(record, "grade");
  const Json& inputs = record.at("inputs");
  Json rules = {{"gas_required", pack.gas_required(inputs)}};
  for (const char* name : k_figures) {
    if (const auto figure = pack.figure(name, grade)) rules[name] = static_cast<int64_t>(*figure);
  }
  if (pack.gas_continuous(inputs, grade)) rules["gas_continuous"] = true;
  const auto confined = pack.figure("confined_repeat_hours", grade);
  if (confined && inputs.at("application").value("confined_space", false)) {
    rules["gas_repeat_hours"] = static_cast<int64_t>(*confined);
  }
  return {{"approval_steps", pack.approval(grade)}, {"site_rules", std::move(rules)}};
}

const rules::Pack* pack_of(const Instance& permit, const rules::Packs& packs) {
  const auto pack = permit.data.find("pack");
  return pack == permit.data.end() ? nullptr : packs.by_digest(text_of(*pack, "digest"));
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
