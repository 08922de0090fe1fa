#include "workflows/hot_work_permit/decisions.h"

#include <set>

#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/delegation/principal.h"
#include "workflows/hot_work_permit/application.h"
#include "workflows/hot_work_permit/conditions.h"
#include "workflows/hot_work_permit/field.h"
#include "workflows/hot_work_permit/notices.h"
#include "workflows/hot_work_permit/people.h"
#include "workflows/hot_work_permit/photos.h"
#include "workflows/hot_work_permit/place.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/hot_work_permit/supervision.h"

namespace sparkgate::permit {
namespace {

PackChoice known_packs(const Deciding& d) {
  return {d.packs, d.settings.default_pack, d.situation.view, d.situation.at};
}

// The qualification check. The system then qualifies or returns; what it cannot decide waits for a person.
void qualify_by_rules(Deciding& d, const Instance& permit, const rules::Pack& pack) {
  const StageJudgement judged = judge("submit", permit, pack, d.situation.at, d.situation.view);
  d.decision.facts["decision"] = judged.record;
  d.decision.facts.update(consequences(pack, judged.record));
  if (judged.judgement.refuses()) return follow(d, "return", {{"reason", "qualification"}});
  if (!judged.judgement.undecided()) return follow(d, "qualify");
  notify(d, "supervisor", Message::permit_undecided);
}

// The permit as it will be once the split application is in it, for the rules to judge.
Instance with_application(const Deciding& d) {
  Instance next = d.permit;
  next.data["application"] = d.decision.facts.at("application");
  next.data.erase("pack");
  Json personal = next.personal;
  personal["numbers"] = d.decision.personal.at("numbers");
  next.personal = std::move(personal);
  return next;
}

// The pack that the application names.
Result<const rules::Pack*> take_application(Deciding& d) {
  const auto objections = objections_to_units(d.payload, d.permit.id, d.situation.actor, d.situation.view);
  if (!objections.empty()) return tl::make_unexpected(objections.front());
  const auto pack = pack_for(d.payload, known_packs(d));
  if (!pack) return pack;
  auto split = split_application(d.payload, **pack, d.situation.view, d.situation.at, d.cast, d.decision);
  if (!split) return tl::make_unexpected(std::move(split.error()));
  return pack;
}

Result<void> amend(Deciding& d) {
  const auto pack = take_application(d);
  if (!pack) return tl::make_unexpected(pack.error());
  if (d.permit.state == "UnderReview") qualify_by_rules(d, with_application(d), **pack);
  return {};
}

Result<void> create(Deciding& d) {
  const auto pack = take_application(d);
  if (!pack) return tl::make_unexpected(pack.error());
  const std::string year = (*pack)->zone().day(d.situation.at).substr(0, 4);
  d.decision.facts["number"] = d.settings.number_prefix + year;
  d.decision.facts["notice_code"] = new_code(12, d.situation.random);
  d.decision.serials.push_back("permit " + year);
  return {};
}

Result<void> submit(Deciding& d) {
  keep_payload(d);
  Instance permit = named_anew(d.permit, d.situation.view, d.cast, d.decision);
  permit.data.erase("pack");
  const auto pack = pack_for(permit.data.at("application"), known_packs(d));
  if (!pack) return tl::make_unexpected(pack.error());
  qualify_by_rules(d, permit, **pack);
  return {};
}

Result<void> qualify(Deciding& d) {
  keep_payload(d);
  if (!d.situation.actor.system) {
    std::vector<Finding> standing;
    for (const Json& json : d.permit.data.at("qualification").at("findings")) {
      Finding finding = finding_from_json(json);
      if (finding.severity == Severity::refuse) standing.push_back(std::move(finding));
    }
    if (!standing.empty()) return refuse_with(Code::findings_refuse, std::move(standing));
    if (!d.payload.contains("evidence")) return refuse(Code::evidence_required);
  }
  notify(d, "site_owner", Message::permit_needs_consent);
  notify(d, "supervisor", Message::permit_to_review);
  return {};
}

Result<void> return_it(Deciding& d) {
  keep_payload(d);
  notify(d, "applicant", Message::permit_returned);
  return {};
}

Result<void> same_scope(const Deciding& d) {
  if (text_of(d.payload, "scope_hash") != d.permit.data.at("scope_hash")) return refuse(Code::scope_changed);
  return {};
}

Result<void> consent(Deciding& d) {
  keep_payload(d);
  return same_scope(d);
}

// A delegate approves in the stead of one who is absent: both answer for it.
Result<void> act_for_another(Deciding& d) {
  const std::string delegation = text_of(d.payload, "delegation");
  if (delegation.empty()) return {};
  const auto absent =
      delegation::principal_of(d.situation.view, delegation, d.situation.actor, d.permit.data.at("areas"));
  if (!absent) return tl::make_unexpected(absent.error());
  const std::string name = d.cast.name(absent->person, {{"name", absent->name}});
  d.decision.facts["for"] = name;
  return check_apart(d.permit, name);
}

Result<void> approve(Deciding& d) {
  keep_payload(d);
  if (auto same = same_scope(d); !same) return same;
  if (auto stands_in = act_for_another(d); !stands_in) return stands_in;
  const Json& steps = d.permit.data.at("approval_steps");
  const size_t done = d.permit.data.at("approvals").size();
  const Json& step = steps.at(done);
  if (!holds_role(d.permit, d.situation.actor, text_of(step, "role"))) {
    return refuse(Code::approval_step_not_yours, {{"roles", text_of(step, "role")}});
  }
  if (step.value("on_site", false)) {
    const auto fence = d.permit.data.at("site_rules").at("geofence_metres").get<double>();
    const auto distance = check_on_site(application(d.permit, "place"), d.payload, fence, true);
    if (!distance) return tl::make_unexpected(distance.error());
    d.decision.facts["on_site_metres"] = *distance;
  }
  d.decision.facts["step"] = step.at("code");
  d.decision.facts["is_last_approval"] = done + 1 == steps.size();
  notify(d, done + 1 == steps.size() ? "applicant" : "supervisor",
         done + 1 == steps.size() ? Message::permit_approved : Message::permit_to_review);
  return {};
}

// The first of the event's roles that the actor holds here: who placed a hold releases it.
std::string acting_role(const Deciding& d) {
  for (const char* role : {"enforcement", "supervisor", "inspector", "grid_worker", "site_owner", "fire_watch"}) {
    if (holds_role(d.permit, d.situation.actor, role)) return role;
  }
  return "applicant";
}

// What the work is stopped for when a timer stops it.
constexpr std::pair<std::string_view, std::string_view> k_timer_causes[] = {
    {"gas_due", "gas"},
    {"gas_monitoring_due", "gas_monitoring"},
    {"round_overdue", "round_missed"},
    {"day_end", "new_day"},
};

std::string cause_of(const Json& payload) {
  for (const auto& [timer, cause] : k_timer_causes) {
    if (text_of(payload, "timer") == timer) return std::string(cause);
  }
  return payload.value("cause", "");
}

bool is_order(std::string_view cause) {
  constexpr std::string_view k_orders[] = {"area_order", "alarm", "inspection"};
  return std::find(std::begin(k_orders), std::end(k_orders), cause) != std::end(k_orders);
}

// What enforcement ordered it alone lifts; an inspection's order whoever may inspect; else that role, or a supervisor.
std::vector<std::string> releasing_roles(const Json& hold) {
  const std::string role = text_of(hold, "role");
  if (role == "enforcement") return {role};
  if (text_of(hold, "cause") == "inspection") return {"grid_worker", "inspector", "enforcement", "supervisor"};
  return {role, "supervisor"};
}

Result<void> suspend(Deciding& d) {
  const bool by_system = d.situation.actor.system;
  if (!by_system && !d.payload.contains("reason")) return refuse(Code::opinion_required);
  const std::string cause = cause_of(d.payload);
  const std::string role = by_system ? d.payload.value("role", "system") : acting_role(d);
  // What the rules stopped, or the applicant's own pause, ends with a lawful resume; an order to stop must be released.
  const bool by_rule = role == "applicant" || (by_system && !is_order(cause));
  d.decision.facts["hold"] = {{"number", d.permit.data.value("hold_count", 0) + 1},
                              {"cause", by_system ? cause : role == "applicant" ? "pause" : "stop_work"},
                              {"ref", d.payload.value("ref", "")},
                              {"reason", d.payload.value("reason", "")},
                              {"role", role},
                              {"by_rule", by_rule}};
  notify(d, "applicant", Message::permit_suspended);
  notify(d, "supervisor", Message::permit_suspended);
  return {};
}

Result<void> release_hold(Deciding& d) {
  keep_payload(d);
  for (const Json& hold : d.permit.data.value("holds", Json::array())) {
    if (hold.at("number") != d.payload.at("hold")) continue;
    d.decision.facts["released"] = {{"cause", hold.at("cause")}, {"since", hold.at("since")}};
    const auto roles = releasing_roles(hold);
    const bool may = std::any_of(roles.begin(), roles.end(), [&](const std::string& role) {
      return holds_role(d.permit, d.situation.actor, role);
    });
    return may ? Result<void>() : Result<void>(refuse_role(roles));
  }
  return refuse(Code::hold_unknown);
}

// Work begins or goes on only by the rules; their judgement stands in the entry.
Result<void> work_by_rules(Deciding& d) {
  keep_payload(d);
  d.decision.facts["decision"] = std::move(d.judgement->record);
  return {};
}

Result<void> keep(Deciding& d) {
  keep_payload(d);
  return {};
}

// However work ends, the watch that begins is told so; a permit that never began needs none.
Result<void> end_of_work(Deciding& d) {
  keep_payload(d);
  const bool is_under_way = d.permit.state == "InProgress" || d.permit.state == "Suspended";
  if (is_under_way) notify(d, "fire_watch", Message::permit_watch_begins);
  if (d.situation.event == "revoke") notify(d, "applicant", Message::permit_revoked);
  return {};
}

Result<void> erase(Deciding& d) {
  d.decision.erase = true;
  return {};
}

constexpr DecideRow k_table[] = {
    {"create", create},
    {"amend", amend},
    {"submit", submit},
    {"withdraw", keep},
    {"qualify", qualify},
    {"return", return_it},
    {"consent", consent},
    {"approve", approve},
    {"reject", return_it},
    {"briefing_accepted", keep},
    {"start", work_by_rules},
    {"suspend", suspend},
    {"release_hold", release_hold},
    {"resume", work_by_rules},
    {"finish", end_of_work},
    {"accept", keep},
    {"revoke", end_of_work},
    {"expire", end_of_work},
    {"erase", erase},
    {"field_conflict", keep_conflict},
    {"settle_conflict", settle_conflict},
};

}  // namespace

// Members of the body that are personal (positions, photographs' hashes, free words) go apart.
void keep_payload(Deciding& d) {
  static const std::set<std::string_view> k_personal = {"position", "photo",   "photos",      "note",
                                                        "opinion",  "analyst", "attachments", "series"};
  for (auto it = d.payload.begin(); it != d.payload.end(); ++it) {
    (k_personal.contains(it.key()) ? d.decision.personal : d.decision.facts)[it.key()] = it.value();
  }
}

void follow(Deciding& d, const char* event, Json payload) {
  d.decision.follow_ups.push_back({"hot_work_permit", d.permit.id, event, std::move(payload)});
}

Result<void> decide_event(Deciding& deciding) {
  const auto decide_by = [&](const DecideRow& row) {
    auto decided = row.decide(deciding);
    if (decided) flag_used_photos(deciding);
    return decided;
  };
  const auto is_it = [&](const DecideRow& row) { return row.event == deciding.situation.event; };
  for (const DecideRow& row : k_table) {
    if (is_it(row)) return decide_by(row);
  }
  for (const DecideRow& row : supervision_rows()) {
    if (is_it(row)) return decide_by(row);
  }
  return refuse(Code::unknown_event, {{"event", deciding.situation.event}});
}

}  // namespace sparkgate::permit
