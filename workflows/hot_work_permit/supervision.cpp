#include "workflows/hot_work_permit/supervision.h"

#include <algorithm>

#include "certs/identifiers.h"
#include "engine/base/codes.h"
#include "workflows/hot_work_permit/conditions.h"
#include "workflows/hot_work_permit/field.h"
#include "workflows/hot_work_permit/notices.h"
#include "workflows/hot_work_permit/people.h"
#include "workflows/hot_work_permit/place.h"
#include "workflows/hot_work_permit/register_view.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/hot_work_permit/site.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::permit {
namespace {

constexpr auto k_oldest_sample = hours(24);

// Of what a device brings later: the last instant at which it may have happened.
Time latest(const Deciding& d) { return field::happened(d.situation).latest; }

// Where a position is given it is near the place; how near stays among the facts.
Result<void> on_site(Deciding& d) {
  keep_payload(d);
  if (!d.payload.contains("position")) return {};
  const auto fence = d.permit.data.at("site_rules").at("geofence_metres").get<double>();
  const auto distance = check_on_site(application(d.permit, "place"), d.payload, fence, false);
  if (!distance) return tl::make_unexpected(distance.error());
  d.decision.facts["on_site_metres"] = *distance;
  return {};
}

// -- the watch

// When the watch last said to have left; also where that could not be taken, as of one who was not there.
std::optional<Time> last_left(const Instance& permit) {
  auto out = time_in(part(permit.data, "watch"), "left_at");
  for (const Json& conflict : permit.data.value("conflicts", Json::array())) {
    const auto left = time_in(conflict.at("field"), "earliest");
    if (conflict.at("event") == "watch_checked_out" && left) out = std::max(out.value_or(*left), *left);
  }
  return out;
}

// What is told after something later says nothing of who is there now, but stands in the log.
Result<void> watch_came(Deciding& d) {
  if (auto here = on_site(d); !here) return here;
  const auto left = last_left(d.permit);
  if (left && field::happened(d.situation).earliest < *left) d.decision.facts["told_late"] = true;
  return {};
}

Result<void> watch_left(Deciding& d) {
  keep_payload(d);
  const auto since = time_in(part(d.permit.data, "watch"), "since");
  if (since && latest(d) < *since) {
    d.decision.facts["told_late"] = true;
    return {};
  }
  if (d.permit.state == "InProgress") follow(d, "suspend", {{"cause", "watch_left"}});
  return {};
}

Result<void> hand_over_watch(Deciding& d) {
  const std::string number = normal_identifier(text_of(d.payload, "to"));
  const auto trained = registry::find_one(d.situation.view, "fire_watch", number);
  const auto person = registry::find_one(d.situation.view, "person", number);
  if (!trained || !person) {
    return refuse(Code::unknown_reference, {{"path", "/to"}, {"value", text_of(d.payload, "to")}});
  }
  const std::string next = d.cast.name(person->id, {{"name", text_of(person->personal, "name")}});
  if (next == d.me) return refuse(Code::watch_not_offered);
  d.decision.facts["next"] = next;
  d.decision.personal = {{"number", number}, {"note", d.payload.value("note", "")}};
  notify_person(d, person->id, Message::permit_watch_offered);
  return {};
}

// From now on the work relies on the record of whoever takes over, as it stands now.
Result<void> take_over_watch(Deciding& d) {
  if (auto here = on_site(d); !here) return here;
  const Json& numbers = part(d.permit.personal, "numbers");
  if (numbers.contains("next_watch")) {
    d.decision.personal["links"] = links_with_watch(d.permit, text_of(numbers, "next_watch"), d.situation.view);
  }
  d.decision.facts["decision"] = std::move(d.judgement->record);
  return {};
}

// Whoever goes on working is on the permit: anybody else needs a new one.
Result<void> hand_over_shift(Deciding& d) {
  if (auto here = on_site(d); !here) return here;
  Json names = Json::array();
  const Json& operators = application(d.permit, "operators");
  const Json& numbers = d.permit.personal->value("numbers", Json::object()).value("operators", Json::array());
  for (const Json& number : d.payload.at("operators")) {
    const auto same = [&](const Json& known) {
      return normal_identifier(known.get<std::string>()) == normal_identifier(number.get<std::string>());
    };
    const auto found = std::find_if(numbers.begin(), numbers.end(), same);
    if (found == numbers.end()) return refuse(Code::new_permit_needed);
    names.push_back(operators.at(static_cast<size_t>(found - numbers.begin())));
  }
  d.decision.facts["operators"] = std::move(names);
  return {};
}

Result<void> round_missed(Deciding& d) {
  keep_payload(d);
  notify(d, "fire_watch", Message::permit_round_missed);
  notify(d, "supervisor", Message::permit_round_missed);
  return {};
}

Result<void> watch_interrupted(Deciding& d) {
  keep_payload(d);
  notify(d, "fire_watch", Message::permit_watch_interrupted);
  notify(d, "supervisor", Message::permit_watch_interrupted);
  return {};
}

Result<void> watch_elapsed(Deciding& d) {
  keep_payload(d);
  const bool goes_on = d.permit.data.at("site_rules").value("monitoring_minutes", 0) > 0;
  notify(d, "fire_watch", goes_on ? Message::permit_monitoring_begins : Message::permit_watch_elapsed);
  return {};
}

Result<void> monitoring_elapsed(Deciding& d) {
  keep_payload(d);
  notify(d, "fire_watch", Message::permit_watch_elapsed);
  return {};
}

Result<void> complete_watch(Deciding& d) {
  if (auto here = on_site(d); !here) return here;
  notify(d, "site_owner", Message::permit_to_accept);
  return {};
}

// -- gas

Result<void> possible(const Json& holder, const char* member, const std::string& path) {
  const auto it = holder.find(member);
  if (it == holder.end()) return {};
  const double value = std::strtod(it->get_ref<const std::string&>().c_str(), nullptr);
  if (value >= 0 && value <= 100) return {};
  return refuse(Code::reading_impossible, {{"path", path + "/" + member}, {"actual", *it}});
}

Result<void> possible_readings(const Json& payload, const char* reading_member) {
  size_t row = 0;
  for (const Json& reading : payload.at("readings")) {
    const std::string path = "/readings/" + std::to_string(row++);
    for (const char* member : {"lel_percent", reading_member}) {
      if (auto good = possible(reading, member, path); !good) return good;
    }
  }
  for (const char* member : {"oxygen_percent", "oxygen_least_percent", "oxygen_most_percent"}) {
    if (auto good = possible(payload, member, ""); !good) return good;
  }
  return {};
}

// What gas is judged on, were it as given. This is asked with every reading, and gathering the facts of people and
// machines costs more than the rest of the command: packs that have no use for them do without.
Json reading_facts(const Deciding& d, const Json& gas) {
  const rules::Pack& pack = *pack_of(d.permit, d.packs);
  const RegisterView registers(d.situation.view, d.permit);
  Json facts = Json::object();
  if (pack.readings_need_all_facts()) {
    facts = registers.facts(pack.zone());
    facts["site"] = site_facts(d.permit, pack, latest(d));
  } else {
    facts["application"] = application_facts(d.permit.data.at("application"));
    facts["site"]["day"] = pack.zone().day(latest(d));
  }
  facts["grade"] = d.permit.data.value("grade", "");
  facts["site"]["gas"] = gas_facts(d.permit, gas, pack, latest(d));
  facts["site"]["gas"].update(registers.instrument_facts(text_of(gas, "instrument")));
  return facts;
}

// A test with a strange or uncalibrated instrument is none.
Result<void> good_instrument(const Deciding& d, const Json& facts) {
  const auto judgement = pack_of(d.permit, d.packs)->judge("sample", facts);
  if (!judgement.refuses()) return {};
  return refuse_with(Code::gas_test_void, judgement.findings);
}

// When gas is taken to be bad: of the instants that its sample may be of, the last; and told after a newer test, now,
// since nobody knows which of the two is right.
Time bad_since(const Deciding& d, const Json& gas) {
  const milliseconds doubt = latest(d) - field::happened(d.situation).earliest;
  const Time sampled = time_of(gas.at("sampled_at")).value_or(d.situation.at) + doubt;
  const auto newest = time_in(part(d.permit.data, "gas"), "sampled_at");
  return newest && *newest >= sampled ? d.situation.at : sampled;
}

// The entry keeps what the rules have against bad gas, in whatever state it was found: a later test lets work go on.
void stop_if_bad(Deciding& d, const Json& gas, const Json& facts) {
  const auto judgement = pack_of(d.permit, d.packs)->judge("gas_test", facts);
  if (!judgement.refuses()) return;
  Json findings = Json::array();
  for (const Finding& finding : judgement.findings) {
    if (finding.severity == Severity::refuse) findings.push_back(to_json(finding));
  }
  d.decision.facts["bad"] = {{"at", format_time(bad_since(d, gas))}, {"findings", std::move(findings)}};
  if (d.permit.state == "InProgress") follow(d, "suspend", {{"cause", "gas"}});
}

tl::unexpected<Refusal> impossible_time(const Deciding& d, const char* member) {
  return refuse(Code::time_impossible, {{"path", std::string("/") + member}, {"actual", d.payload.at(member)}});
}

Result<void> gas_test(Deciding& d) {
  keep_payload(d);
  const auto sampled = parse_time(text_of(d.payload, "sampled_at"));
  if (!sampled || *sampled > latest(d) || *sampled < latest(d) - k_oldest_sample) {
    return impossible_time(d, "sampled_at");
  }
  if (auto good = possible_readings(d.payload, "reading_percent"); !good) return good;
  const Json facts = reading_facts(d, d.payload);
  if (auto good = good_instrument(d, facts); !good) return good;
  stop_if_bad(d, d.payload, facts);
  return {};
}

// The extremes of a stretch, as a test would have found them at its worst moment.
Json worst_of(const Json& payload) {
  Json gas = {
      {"readings", Json::array()}, {"instrument", payload.at("instrument")}, {"sampled_at", payload.at("until")}};
  for (Json reading : payload.at("readings")) {
    reading["reading_percent"] = reading.at("most_percent");
    gas["readings"].push_back(std::move(reading));
  }
  return gas;
}

Result<void> gas_readings(Deciding& d) {
  keep_payload(d);
  const auto from = parse_time(text_of(d.payload, "from")), until = parse_time(text_of(d.payload, "until"));
  const auto before = time_in(part(d.permit.data, "gas_monitoring"), "until");
  // What a device brings later may follow on the last so closely that only the doubt about both makes them overlap.
  const milliseconds doubt = latest(d) - field::happened(d.situation).earliest;
  if (!from || *from < latest(d) - k_oldest_sample || (before && *from + doubt < *before)) {
    return impossible_time(d, "from");
  }
  if (!until || *until < *from || *until > latest(d)) return impossible_time(d, "until");
  if (auto good = possible_readings(d.payload, "most_percent"); !good) return good;
  const Json gas = worst_of(d.payload);
  Json facts = reading_facts(d, gas);
  if (auto good = good_instrument(d, facts); !good) return good;
  for (const char* oxygen : {"oxygen_least_percent", "oxygen_most_percent"}) {
    if (d.payload.contains(oxygen)) facts["site"]["gas"]["oxygen_percent"] = d.payload.at(oxygen);
    if (!d.decision.facts.contains("bad")) stop_if_bad(d, gas, facts);
  }
  return {};
}

// -- checks at the spot

Result<void> confirm_measure(Deciding& d) {
  keep_payload(d);
  for (const Json& measure : d.permit.data.at("measures")) {
    if (measure.at("code") != d.payload.at("code")) continue;
    if (measure.at("by") == d.me) return {};
    return refuse(Code::not_the_named_person, {{"person", shown_name(d.permit, text_of(measure, "by"))}});
  }
  return refuse(Code::measure_unknown, {{"value", d.payload.at("code")}});
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// Each item of the pack's list once, and no other.
Result<void> whole_list(const Json& items, const Json& list) {
  std::vector<std::string> missing;
  for (const Json& item : list) {
    const auto same = [&](const Json& given) { return given.at("code") == item.at("code"); };
    const auto times = std::count_if(items.begin(), items.end(), same);
    if (times != 1) missing.push_back(text_of(item, "code"));
  }
  if (missing.empty() && items.size() == list.size()) return {};
  return refuse(Code::check_incomplete,
                {{"items", joined(missing)}, {"needed", list.size()}, {"actual", items.size()}});
}

// By the person in charge, or for the owner of the place; the applicant's clerk does not know the place.
Result<void> pre_start_check(Deciding& d) {
  if (auto here = on_site(d); !here) return here;
  const Json& in_charge = application(d.permit, "person_in_charge");
  if (in_charge != d.me && !holds_role(d.permit, d.situation.actor, "site_owner")) {
    return refuse(Code::not_the_named_person, {{"person", shown_name(d.permit, in_charge.get<std::string>())}});
  }
  const Json& items = d.payload.at("items");
  if (auto whole = whole_list(items, pack_of(d.permit, d.packs)->pre_start()); !whole) return whole;
  Json differs = Json::array(), facts = Json::array();
  for (const Json& item : items) {
    facts.push_back({{"code", item.at("code")}, {"as_permitted", item.at("as_permitted")}});
    if (!item.at("as_permitted").get<bool>()) differs.push_back(item.at("code"));
  }
  d.decision.facts["items"] = std::move(facts);
  d.decision.facts["differs"] = std::move(differs);
  d.decision.personal["items"] = items;  // with what was found, in free words
  return {};
}

}  // namespace

const std::vector<DecideRow>& supervision_rows() {
  static const std::vector<DecideRow> rows = {
      {"confirm_site", on_site},
      {"measure_confirmed", confirm_measure},
      {"gas_test", gas_test},
      {"gas_readings", gas_readings},
      {"pre_start_check", pre_start_check},
      {"revalidate", on_site},
      {"watch_checked_in", watch_came},
      {"watch_checked_out", watch_left},
      {"hand_over_watch", hand_over_watch},
      {"take_over_watch", take_over_watch},
      {"hand_over_shift", hand_over_shift},
      {"round", on_site},
      {"round_missed", round_missed},
      {"watch_interrupted", watch_interrupted},
      {"watch_elapsed", watch_elapsed},
      {"monitoring_elapsed", monitoring_elapsed},
      {"complete_watch", complete_watch},
  };
  return rows;
}

}  // namespace sparkgate::permit
