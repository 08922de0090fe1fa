#include "workflows/hot_work_permit/permit.h"

#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/hot_work_permit/application.h"
#include "workflows/hot_work_permit/apply.h"
#include "workflows/hot_work_permit/conditions.h"
#include "workflows/hot_work_permit/decisions.h"
#include "workflows/hot_work_permit/description.h"
#include "workflows/hot_work_permit/field.h"
#include "workflows/hot_work_permit/labels.h"
#include "workflows/hot_work_permit/lifecycle.h"
#include "workflows/hot_work_permit/recheck.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/hot_work_permit/show.h"
#include "workflows/hot_work_permit/tallies.h"
#include "workflows/hot_work_permit/timers.h"

namespace sparkgate::permit {
namespace {

constexpr std::string_view k_system_events[] = {"qualify",           "return",             "suspend",
                                                "expire",            "round_missed",       "watch_elapsed",
                                                "watch_interrupted", "monitoring_elapsed", "erase"};

bool may_be_sent_by_system(std::string_view event) {
  return std::find(std::begin(k_system_events), std::end(k_system_events), event) != std::end(k_system_events);
}

Result<void> check_role(const Situation& s, const EventSpec& spec) {
  if (s.actor.system) {
    return may_be_sent_by_system(s.event) ? Result<void>() : Result<void>(refuse_role(spec.roles));
  }
  const auto holds = [&](const std::string& role) {
    return spec.creates ? has_role_somewhere(s.actor, {role}) : holds_role(s.instance, s.actor, role);
  };
  if (std::any_of(spec.roles.begin(), spec.roles.end(), holds)) return {};
  return refuse_role(spec.roles.empty() ? std::vector<std::string>{"system"} : spec.roles);
}

// The service keeps what is refused of those who might have done it here.
std::string_view whose_roles(const Situation& s) {
  if (s.event != field::k_conflict_event || !s.provenance) return s.event;
  return s.provenance->at("refused").at("event").get_ref<const std::string&>();
}

bool is_approved(const Instance& permit) {
  const auto& s = permit.state;
  return s != "" && s != "Draft" && s != "Returned" && s != "QualificationCheck" && s != "UnderReview";
}

Result<void> check_state(const Situation& s) {
  const std::string end_cause = s.instance.data.value("end_cause", "");
  if (is_recordable(s.instance.state, s.event) || step(s.instance.state, s.event, {false, end_cause})) return {};
  if (s.provenance && was_recordable(s.instance, s.event, field::happened(s))) return {};
  if (s.event == "amend" && is_approved(s.instance)) return refuse(Code::new_permit_needed);
  return refuse(Code::wrong_state, {{"state", s.instance.state}, {"event", s.event}});
}

}  // namespace

HotWorkPermit::HotWorkPermit(const rules::Packs& packs, Settings settings)
    : packs_(packs), settings_(std::move(settings)), description_(make_description()) {}

Result<std::optional<StageJudgement>> HotWorkPermit::judge_conditions(const Situation& situation) const {
  const EventSpec* spec = description_.event(whose_roles(situation));
  if (!spec) return refuse(Code::unknown_event, {{"event", situation.event}});
  if (auto role = check_role(situation, *spec); !role) return tl::make_unexpected(std::move(role.error()));
  if (auto state = check_state(situation); !state) return tl::make_unexpected(std::move(state.error()));
  if (situation.provenance && situation.event != field::k_conflict_event) {
    const auto fits = check_when(situation.instance, situation.event, field::happened(situation));
    if (!fits) return tl::make_unexpected(fits.error());
  }
  return check_conditions(situation, packs_);
}

Result<void> HotWorkPermit::assess(const Situation& situation) const {
  auto judged = judge_conditions(situation);
  if (!judged) return tl::make_unexpected(std::move(judged.error()));
  return {};
}

Result<Decision> HotWorkPermit::decide(const Situation& situation, const Json& payload, Cast& cast) const {
  if (auto from = check_provenance(situation); !from) return tl::make_unexpected(std::move(from.error()));
  auto judged = judge_conditions(situation);
  if (!judged) return tl::make_unexpected(std::move(judged.error()));
  Deciding deciding{situation, situation.instance, payload, cast, packs_, settings_,
                    name_within(situation.instance, situation.actor), std::move(*judged), {}};
  if (auto decided = decide_event(deciding); !decided) return tl::make_unexpected(decided.error());
  keep_provenance(situation, deciding.decision);
  return std::move(deciding.decision);
}

Result<void> HotWorkPermit::apply(Instance& instance, const Recorded& entry) const {
  return apply_entry(instance, entry);
}

// A decision is about the application as judged, and belongs to the state that it was made in sight of.
SigningTerms HotWorkPermit::signing_terms(const Instance& permit, std::string_view event) const {
  SigningTerms terms;
  terms.scope_hash = text_of(permit.data, "scope_hash");
  terms.seen_from = permit.data.value("state_since_seq", int64_t{0});
  const auto judged_by = permit.data.find("pack");
  if (judged_by == permit.data.end()) return terms;
  terms.pack = text_of(*judged_by, "digest");
  const rules::Pack* pack = packs_.by_digest(terms.pack);
  terms.required = pack && pack->requires_signature(event);
  return terms;
}

Result<void> HotWorkPermit::recheck(const Instance& before, const Recorded& entry) const {
  return recheck_entry(before, entry, packs_);
}

std::vector<Timer> HotWorkPermit::timers(const Instance& permit) const {
  const StateSpec* state = description_.state(permit.state);
  if (!state) return {};
  if (state->terminal) return retention_timer(permit, settings_.retention_days);
  const rules::Pack* pack = permit.data.contains("pack") ? packs_.by_digest(text_of(permit.data.at("pack"), "digest"))
                                                         : nullptr;
  return timers_of(permit, pack ? &pack->zone() : nullptr);
}

std::vector<Tally> HotWorkPermit::tallies(const Instance& before, const Instance& after, const Recorded& entry) const {
  const rules::Pack* pack = packs_.latest(settings_.default_pack);  // the office's days
  return pack ? tallies_of(description_, before, after, entry, pack->zone()) : std::vector<Tally>();
}

Index HotWorkPermit::index(const Instance& permit, const View& view) const {
  Index out;
  out.area = text_of(permit.data.at("application"), "area");
  out.unit = text_of(permit.data.at("application"), "unit");
  out.starts = time_of(application(permit, "starts"));
  out.ends = time_of(application(permit, "ends"));
  const StateSpec* state = description_.state(permit.state);
  if (state && !state->terminal) out.due = due_time(permit);
  out.words = words_of(permit, view);
  out.links = {{"number", permit.data.at("number")}, {"notice_code", permit.data.at("notice_code")}};
  const std::string renewed = text_of(permit.data.at("application"), "renews");
  if (!renewed.empty()) out.links.emplace_back("renews", renewed);
  const Json photos = permit.personal->value("photos", Json::object());
  for (const auto& [photo, is_first] : photos.items()) {
    out.links.emplace_back("photo", photo);
    if (is_first == true) out.links.emplace_back("photo_first", photo);
  }
  for (const char* member : {"unit", "owner_unit"}) {
    out.links.emplace_back("unit_code", application(permit, member).get<std::string>());
  }
  for (const Json& area : permit.data.at("areas")) out.links.emplace_back("area", area.get<std::string>());
  if (const auto links = permit.personal->find("links"); links != permit.personal->end()) {
    for (const Json& link : *links) {
      out.links.emplace_back(link.at(0).get<std::string>(), link.at(1).get<std::string>());
    }
  }
  std::sort(out.links.begin(), out.links.end());
  out.links.erase(std::unique(out.links.begin(), out.links.end()), out.links.end());
  return out;
}

bool HotWorkPermit::readable(const Instance& permit, const Actor& actor, const View&) const {
  if (actor.system || !name_within(permit, actor).empty()) return true;
  for (const char* role : {"applicant", "site_owner", "supervisor", "grid_worker", "inspector", "enforcement",
                           "auditor", "admin"}) {
    if (holds_role(permit, actor, role)) return true;
  }
  return false;
}

Json HotWorkPermit::show(const Instance& permit, const Actor& actor, const View& view) const {
  return shown(permit, actor, pack_to_show(permit, {packs_, settings_.default_pack, view, permit.at}), view);
}

}  // namespace sparkgate::permit
