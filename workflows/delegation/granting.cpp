#include "workflows/delegation/granting.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "engine/base/messages.h"
#include "workflows/access.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::delegation {
namespace {

struct Span {
  Time from, until;
};

tl::unexpected<Refusal> impossible(const Json& payload, const char* member) {
  return refuse(Code::time_impossible, {{"path", std::string("/") + member}, {"actual", payload.at(member)}});
}

// From now on at the earliest, and for a bounded time: nobody hands over their office for good.
Result<Span> span_of(const Json& payload, Time now, const Settings& settings) {
  Span span{now, now};
  if (payload.contains("from")) {
    const auto from = parse_time(text_of(payload, "from"));
    if (!from) return impossible(payload, "from");
    span.from = std::max(*from, now);
  }
  const auto until = parse_time(text_of(payload, "until"));
  if (!until || *until <= span.from || *until - span.from > hours(24) * settings.longest_days) {
    return impossible(payload, "until");
  }
  span.until = *until;
  return span;
}

// Where the actor supervises, or that part of it which the payload names.
Result<std::vector<std::string>> areas_of(const Situation& s, const Json& payload) {
  const auto own = supervised_areas(s.view, s.actor.person);
  if (own.empty()) return refuse_role({"supervisor"});
  const std::string area = text_of(payload, "area");
  if (area.empty()) return own;
  if (!registry::find_one(s.view, "area", area) || !supervises(own, area, s.view)) {
    return refuse(Code::unknown_reference, {{"path", "/area"}, {"value", area}});
  }
  return std::vector<std::string>{area};
}

tl::unexpected<Refusal> unfit(const std::string& name, const char* zh, const char* en) {
  return refuse(Code::delegate_unfit, {{"name", name}, {"reason", bilingual(zh, en)}});
}

Result<Principal> delegate_of(const Situation& s, const Json& payload, const std::vector<std::string>& areas) {
  const std::string id = text_of(payload, "to");
  const InstancePtr person = s.view.find(id);
  if (!person || person->workflow != "person" || person->state == "Revoked") {
    return refuse(Code::unknown_reference, {{"path", "/to"}, {"value", id}});
  }
  Principal to{id, text_of(person->personal, "name")};
  if (id == s.actor.person) return unfit(to.name, "不能委托给本人", "nobody delegates to themselves");
  const auto supervised = supervised_areas(s.view, id);
  const bool reaches = std::all_of(areas.begin(), areas.end(), [&](const std::string& area) {
    return supervises(supervised, area, s.view);
  });
  if (!reaches) return unfit(to.name, "不是全部所委托区域的审批人", "no supervisor of every area that is delegated");
  return to;
}

// Nobody who is absent stands in for others, and nobody who stands in for others passes that on.
Result<void> not_chained(const Situation& s, const Principal& who, std::string_view other_side, const Span& span) {
  for (const InstancePtr& other : s.view.linked(k_name, "person", who.person)) {
    if (other->state != "Planned" && other->state != "InForce") continue;
    const auto from = parse_time(text_of(other->data, "from")), until = parse_time(text_of(other->data, "until"));
    const bool meets = from && until && *from < span.until && span.from < *until;
    if (meets && person_of(*other, other_side).person == who.person) {
      return refuse(Code::delegation_chained, {{"name", who.name}});
    }
  }
  return {};
}

// These areas and all above them, each once; nothing when one is everywhere.
Json and_above(const std::vector<std::string>& areas, const View& view) {
  Json within = Json::array();
  for (const std::string& area : areas) {
    for (const std::string& one : area_chain(area, view)) {
      if (std::find(within.begin(), within.end(), one) == within.end()) within.push_back(one);
    }
  }
  return within;
}

Notice to_delegate(const Principal& to, const std::string& absent, const Json& facts) {
  Notice notice;
  notice.person = to.person;
  notice.code = name_of(Message::delegation_given);
  notice.details = {{"name", absent}, {"from", facts.at("from")}, {"until", facts.at("until")}};
  return notice;
}

}  // namespace

Result<Decision> give(const Situation& situation, const Json& payload, Cast& cast, const Settings& settings) {
  const auto span = span_of(payload, situation.at, settings);
  if (!span) return tl::make_unexpected(span.error());
  auto areas = areas_of(situation, payload);
  if (!areas) return tl::make_unexpected(areas.error());
  const auto to = delegate_of(situation, payload, *areas);
  if (!to) return tl::make_unexpected(to.error());
  const Principal absent{situation.actor.person, situation.actor.name};
  for (const auto& apart : {not_chained(situation, absent, "delegate", *span),
                            not_chained(situation, *to, "absent", *span)}) {
    if (!apart) return tl::make_unexpected(apart.error());
  }
  if (std::find(areas->begin(), areas->end(), "") != areas->end()) areas->clear();
  Decision decision;
  decision.facts = {{"from", format_time(span->from)},
                    {"until", format_time(span->until)},
                    {"begins_now", span->from <= situation.at},
                    {"areas", *areas},
                    {"within", and_above(*areas, situation.view)},
                    {"absent", cast.find(absent.person)},
                    {"delegate", cast.name(to->person, {{"name", to->name}})}};
  decision.personal["reason"] = payload.at("reason");
  decision.notices.push_back(to_delegate(*to, absent.name, decision.facts));
  return decision;
}

}  // namespace sparkgate::delegation
