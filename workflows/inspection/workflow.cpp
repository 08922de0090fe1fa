#include "workflows/inspection/workflow.h"

#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/inspection/checklist.h"
#include "workflows/inspection/conditions.h"
#include "workflows/inspection/decisions.h"
#include "workflows/inspection/description.h"

namespace sparkgate::inspection {
namespace {

const std::vector<std::string> k_readers = {"grid_worker", "inspector", "enforcement", "supervisor", "auditor"};

bool holds_any(const Instance& inspection, const Actor& actor, const std::vector<std::string>& roles) {
  return std::any_of(roles.begin(), roles.end(), [&](const std::string& role) {
    return has_role_over(actor, role, inspection.data.at("areas"));
  });
}

Result<void> check_role(const Situation& s, const EventSpec& spec) {
  if (spec.roles.empty()) return s.actor.system ? Result<void>() : Result<void>(refuse_role({"system"}));
  const bool may = spec.creates ? has_role_somewhere(s.actor, spec.roles) : holds_any(s.instance, s.actor, spec.roles);
  return may ? Result<void>() : Result<void>(refuse_role(spec.roles));
}

// "" once erased.
std::string opener_of(const Instance& inspection) {
  const Json& people = people_of(inspection);
  const auto opener = people.find(text_of(inspection.data, "opened_by"));
  return opener == people.end() ? "" : text_of(*opener, "person");
}

bool is_of_unit(const Instance& inspection, const Actor& actor, const char* role, const char* member) {
  const std::string unit = text_of(inspection.data, member);
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const Grant& grant) {
    return grant.role == role && !unit.empty() && grant.unit == unit;
  });
}

}  // namespace

Inspections::Inspections(const rules::Packs& packs, Settings settings)
    : packs_(packs), settings_(std::move(settings)), description_(make_description()) {}

Result<void> Inspections::assess(const Situation& situation) const {
  const EventSpec* spec = description_.event(situation.event);
  if (!spec) return refuse(Code::unknown_event, {{"event", situation.event}});
  if (auto may = check_role(situation, *spec); !may) return may;
  if (!description_.leads(situation.instance.state, situation.event)) {
    return refuse(Code::wrong_state, {{"state", situation.instance.state}, {"event", situation.event}});
  }
  return check_conditions(situation);
}

Result<Decision> Inspections::decide(const Situation& situation, const Json& payload, Cast&) const {
  if (auto may = assess(situation); !may) return tl::make_unexpected(std::move(may.error()));
  Deciding deciding{situation, payload, packs_, settings_.default_pack, {}};
  if (auto decided = decide_event(deciding); !decided) return tl::make_unexpected(std::move(decided.error()));
  return std::move(deciding.decision);
}

// Whoever concludes has seen the latest results.
SigningTerms Inspections::signing_terms(const Instance& inspection, std::string_view event) const {
  SigningTerms terms;
  terms.seen_from = inspection.data.value("recorded_seq", int64_t{0});
  const auto pack = inspection.data.find("pack");
  if (pack == inspection.data.end()) return terms;
  terms.pack = text_of(*pack, "digest");
  const rules::Pack* known = packs_.by_digest(terms.pack);
  terms.required = known && known->requires_signature(event);
  return terms;
}

Result<void> Inspections::recheck(const Instance& before, const Recorded& entry) const {
  const bool ends_or_stops = entry.event == "stop_work" || entry.event == "withdraw";
  if (ends_or_stops && before.data.contains("stopped")) return refuse(Code::work_already_stopped);
  if (entry.event == "conclude") {
    auto missing = missing_results(before);
    if (!missing.empty()) return refuse_with(Code::checklist_incomplete, std::move(missing));
    if (entry.facts.at("outcome") == outcome_of(before)) return {};
    return refuse(Code::log_broken,
                  {{"reason", bilingual("结论与记录的结果不符", "the outcome is not that of the results")}});
  }
  if (entry.event != "open" && entry.event != "begin") return {};
  const rules::Pack* pack = packs_.by_digest(text_of(entry.facts.at("pack"), "digest"));
  if (!pack || entry.facts.at("items") == items_of(*pack, entry.facts.contains("permit"))) return {};
  return refuse(Code::log_broken, {{"reason", bilingual("检查清单不是规则包所定", "the checklist is not the pack's")}});
}

// The end starts the retention; once erased, nothing personal is left to keep.
std::vector<Timer> Inspections::timers(const Instance& inspection) const {
  const StateSpec* state = description_.state(inspection.state);
  if (!state || !state->terminal || inspection.data.contains("erased_at")) return {};
  return {{"retention_end", inspection.at + hours(24) * settings_.retention_days, "erase"}};
}

Index Inspections::index(const Instance& inspection, const View&) const {
  Index out;
  out.area = text_of(inspection.data, "area");
  out.unit = text_of(inspection.data, "unit");
  const auto link = [&](const char* kind, std::string ref) {
    const std::pair<std::string, std::string> one(kind, std::move(ref));
    const bool is_new = std::find(out.links.begin(), out.links.end(), one) == out.links.end();
    if (is_new && !one.second.empty()) out.links.push_back(one);
  };
  for (const Json& area : inspection.data.at("areas")) link("area", area.get<std::string>());
  for (const char* member : {"unit", "owner_unit"}) link("unit_code", text_of(inspection.data, member));
  if (inspection.data.contains("permit")) link("permit", text_of(inspection.data.at("permit"), "id"));
  link("person", opener_of(inspection));
  const Json photos = inspection.personal->value("borne", Json::object());
  for (const auto& [photo, kept] : photos.items()) link("photo", photo);
  return out;
}

bool Inspections::readable(const Instance& inspection, const Actor& actor, const View&) const {
  if (actor.system || holds_any(inspection, actor, k_readers)) return true;
  if (!actor.person.empty() && opener_of(inspection) == actor.person) return true;
  if (inspection.state != "Concluded" || !inspection.data.contains("permit")) return false;
  return is_of_unit(inspection, actor, "applicant", "unit") ||
         is_of_unit(inspection, actor, "site_owner", "owner_unit");
}

Json Inspections::show(const Instance& inspection, const Actor&, const View&) const {
  Json out = inspection.data;
  const Json& personal = inspection.personal;
  const Json findings = personal.value("findings", Json::object());
  for (const auto& [item, finding] : findings.items()) out["results"][item].update(finding);
  for (const char* member : {"referral", "position", "photos", "note", "conclusion"}) {
    if (personal.contains(member)) out[member] = personal.at(member);
  }
  out["people"] = Json::object();
  for (const auto& [name, person] : people_of(inspection).items()) {
    out["people"][name] = {{"name", text_of(person, "name")}};
  }
  return out;
}

}  // namespace sparkgate::inspection
