#include "workflows/hot_work_permit/apply.h"

#include "engine/base/codes.h"
#include "workflows/hot_work_permit/field.h"
#include "workflows/hot_work_permit/lifecycle.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/hot_work_permit/site.h"
#include "workflows/photos.h"

namespace sparkgate::permit {
namespace {

struct Fold {
  Instance& permit;
  Json& data;
  const Recorded& entry;
  std::string at;  // of an event from the field its earliest instant: nothing looks fresher than it is
  Json by_at() const { return {{"by", entry.actor}, {"at", at}}; }
};

Json& object_in(Json& data, const char* member) {
  Json& object = data[member];
  if (object.is_null()) object = Json::object();
  return object;
}

// What was approved, consented to and judged belongs to one scope; another scope starts again.
void forget_review(Fold& fold) {
  for (const char* member : {"approvals", "consent", "grade", "upgraded", "upgrade_reasons", "qualification", "pack",
                             "approval_steps", "site_rules", "qualified"}) {
    fold.data.erase(member);
  }
}

void take_judgement(Fold& fold) {
  const auto decision = fold.entry.facts.find("decision");
  if (decision == fold.entry.facts.end()) return;
  for (const char* member : {"pack", "grade", "upgraded", "upgrade_reasons"}) fold.data[member] = decision->at(member);
  fold.data["qualification"] = {{"findings", decision->at("findings")}, {"at", fold.at}};
  for (const char* member : {"approval_steps", "site_rules"}) fold.data[member] = fold.entry.facts.at(member);
  fold.data["approvals"] = Json::array();
}

void take_application(Fold& fold) {
  forget_review(fold);
  for (const char* member : {"application", "areas", "scope_hash", "measures"}) {
    fold.data[member] = fold.entry.facts.at(member);
  }
  Json& applicants = fold.data["applicants"];
  if (!contains(applicants, fold.entry.actor)) applicants.push_back(fold.entry.actor);
  if (fold.entry.personal.is_object()) {
    Json personal = fold.permit.personal;
    personal["numbers"] = fold.entry.personal.value("numbers", Json::object());
    personal["links"] = fold.entry.personal.value("links", Json::array());
    fold.permit.personal = std::move(personal);
  }
  take_judgement(fold);
}

// "DH2026-00001": the prefix and the year, then the serial of that year.
std::string full_number(const Json& facts) {
  std::string serial;
  for (const Json& value : facts.at("serials")) serial = std::to_string(value.get<int64_t>());
  if (serial.size() < 5) serial.insert(0, 5 - serial.size(), '0');
  return text_of(facts, "number") + "-" + serial;
}

void create(Fold& fold) {
  take_application(fold);
  fold.data["number"] = full_number(fold.entry.facts);
  fold.data["notice_code"] = fold.entry.facts.at("notice_code");
  fold.data["created_at"] = fold.at;
}

void take_links(Fold& fold) {
  if (!fold.entry.personal.is_object() || !fold.entry.personal.contains("links")) return;
  Json personal = fold.permit.personal;
  personal["links"] = fold.entry.personal.at("links");
  fold.permit.personal = std::move(personal);
}

// The registers may know by then whom the application names.
void submit(Fold& fold) {
  for (const char* member : {"application", "measures", "scope_hash"}) {
    if (fold.entry.facts.contains(member)) fold.data[member] = fold.entry.facts.at(member);
  }
  take_links(fold);
  fold.data["submitted_at"] = fold.at;
  if (!contains(fold.data["applicants"], fold.entry.actor)) fold.data["applicants"].push_back(fold.entry.actor);
  take_judgement(fold);
}

void approve(Fold& fold) {
  Json approval = fold.by_at();
  approval["step"] = fold.entry.facts.at("step");
  approval["scope_hash"] = fold.data.at("scope_hash");
  for (const char* member : {"for", "delegation"}) {
    if (fold.entry.facts.contains(member)) approval[member] = fold.entry.facts.at(member);
  }
  fold.data["approvals"].push_back(std::move(approval));
}

void return_it(Fold& fold) {
  fold.data["returned"] = fold.by_at();
  fold.data["returned"]["reason"] = fold.entry.facts.value("reason", "");
}

void end_early(Fold& fold) {
  fold.data["end"] = fold.by_at();
  fold.data["end"]["reason"] = fold.entry.facts.value("reason", "");
}

void confirm_measure(Fold& fold) {
  for (Json& measure : fold.data["measures"]) {
    if (measure.at("code") != fold.entry.facts.at("code")) continue;
    measure["confirmed_by"] = fold.entry.actor;
    measure["confirmed_at"] = fold.at;
  }
}

std::optional<Time> bad_since(const Fold& fold) {
  return time_in(part(fold.data, "gas_bad"), "at");
}

// The newest counts; entries of before it was kept say nothing of it.
void keep_bad_gas(Fold& fold) {
  const auto bad = fold.entry.facts.find("bad");
  if (bad == fold.entry.facts.end()) return;
  const auto before = bad_since(fold);
  if (!before || *before <= time_of(bad->at("at"))) fold.data["gas_bad"] = *bad;
}

void gas_test(Fold& fold) {
  keep_bad_gas(fold);
  Json gas = fold.entry.facts;
  const auto before = time_of(object_in(fold.data, "gas").value("sampled_at", Json()));
  if (before && *before > time_of(gas.at("sampled_at"))) return;  // told late: the newest test counts
  for (const char* member : {"field", "bad"}) gas.erase(member);
  gas["by"] = fold.entry.actor;
  gas["at"] = fold.at;
  const auto bad = bad_since(fold);
  const bool is_good = !fold.entry.facts.contains("bad");
  if (is_good && bad && *bad <= time_of(gas.at("sampled_at"))) fold.data.erase("gas_bad");
  fold.data["gas"] = std::move(gas);
}

void hold(Fold& fold) {
  Json& holds = fold.data["holds"];
  Json entry = fold.entry.facts.at("hold");
  entry["since"] = fold.at;
  entry["by"] = fold.entry.actor;
  fold.data["hold_count"] = entry.at("number");
  holds.push_back(std::move(entry));
  if (fold.permit.state == "InProgress") fold.data["suspended_at"] = fold.at;
}

void release_hold(Fold& fold) {
  Json kept = Json::array();
  for (const Json& hold : fold.data["holds"]) {
    if (hold.at("number") != fold.entry.facts.at("hold")) kept.push_back(hold);
  }
  fold.data["holds"] = std::move(kept);
  if (fold.entry.facts.contains("released")) fold.data["hold_released_at"] = fold.at;  // older entries do not say so
}

void resume(Fold& fold) {
  fold.data["holds"] = Json::array();
  fold.data.erase("suspended_at");
  fold.data["resumed_at"] = fold.at;
}

void run_countdown(Fold& fold) {
  Json& watch = object_in(fold.data, "watch");
  for (const char* member : {"ends_at", "elapsed_at", "monitoring_ends_at", "monitored_at"}) watch.erase(member);
  if (!watch.value("on_site", false)) return;
  watch["counted_from"] = fold.at;
  const auto minutes_needed = minutes(fold.data.at("site_rules").at("watch_minutes").get<int64_t>());
  watch["ends_at"] = format_time(fold.entry.at + minutes_needed);
}

// Work ends here, however it ends: the place is watched from now on.
void end_work(Fold& fold) {
  if (fold.entry.event != "finish" && !fold.data.contains("end_cause")) {
    fold.data["end_cause"] = fold.entry.event == "revoke" ? "revoked" : "expired";
  }
  if (fold.permit.state != "FireWatch") {
    fold.data["work_ended_at"] = fold.at;
    run_countdown(fold);
  }
  if (fold.entry.event != "finish") end_early(fold);
}

bool is_told_late(const Fold& fold) { return fold.entry.facts.value("told_late", false); }

void watch_in(Fold& fold) {
  if (is_told_late(fold)) return;
  Json& watch = object_in(fold.data, "watch");
  const bool was_there = watch.value("on_site", false);
  watch["on_site"] = true;
  if (!was_there) watch["since"] = fold.at;
  if (fold.permit.state == "FireWatch" && !was_there) run_countdown(fold);
}

void watch_out(Fold& fold) {
  if (is_told_late(fold)) return;
  Json& watch = object_in(fold.data, "watch");
  watch["on_site"] = false;
  watch["left_at"] = fold.at;
  if (fold.permit.state == "FireWatch") run_countdown(fold);
}

// Others than the first look after the place in rounds only, for as long as the pack says.
void watch_elapsed(Fold& fold) {
  Json& watch = fold.data["watch"];
  watch["elapsed_at"] = fold.at;
  const auto longer = minutes(fold.data.at("site_rules").value("monitoring_minutes", int64_t{0}));
  if (longer == minutes(0)) return;
  watch["monitoring_ends_at"] = format_time(fold.entry.at + longer);
  watch["counted_from"] = fold.at;
}

void hand_over_watch(Fold& fold) {
  object_in(fold.data, "watch")["next"] = fold.entry.facts.at("next");
  if (!fold.entry.personal.contains("number")) return;
  Json personal = fold.permit.personal;
  personal["numbers"]["next_watch"] = fold.entry.personal.at("number");
  fold.permit.personal = std::move(personal);
}

// There was no moment without a watch, so no countdown starts again.
void take_over_watch(Fold& fold) {
  fold.permit = with_next_watch(fold.permit);
  take_links(fold);
  Json& watch = fold.data["watch"];
  watch.erase("next");
  if (!watch.value("on_site", false)) return watch_in(fold);
  watch["since"] = fold.at;
}

void round(Fold& fold) {
  Json& rounds = object_in(fold.data, "rounds");
  rounds["count"] = rounds.value("count", 0) + 1;
  if (time_of(rounds.value("last_at", Json())).value_or(Time{}) > *parse_time(fold.at)) return;  // told late
  rounds["last_at"] = fold.at;
  rounds.erase("missed_at");
}

void round_missed(Fold& fold) {
  Json& rounds = object_in(fold.data, "rounds");
  rounds["missed"] = rounds.value("missed", 0) + 1;
  rounds["missed_at"] = fold.at;
}

void gas_readings(Fold& fold) {
  keep_bad_gas(fold);
  Json& monitoring = object_in(fold.data, "gas_monitoring");
  monitoring["count"] = monitoring.value("count", 0) + 1;
  for (const char* member : {"until", "readings", "instrument"}) monitoring[member] = fold.entry.facts.at(member);
  monitoring["by"] = fold.entry.actor;
}

void pre_start_check(Fold& fold) {
  fold.data["pre_start"] = fold.by_at();
  fold.data["pre_start"]["differs"] = fold.entry.facts.at("differs");
}

void hand_over_shift(Fold& fold) {
  fold.data["shift"] = fold.by_at();
  fold.data["shift"]["operators"] = fold.entry.facts.at("operators");
}

template <const char* member>
void stamp(Fold& fold) {
  fold.data[member] = fold.by_at();
}
constexpr char k_consent[] = "consent", k_qualified[] = "qualified", k_site_confirmed[] = "site_confirmed",
               k_started[] = "started", k_validated[] = "validated", k_watch_completed[] = "watch_completed",
               k_accepted[] = "accepted";

// So that they are kept, and another use of one is found; and what was found, for whoever looks at the permit. What a
// refused event bore was not used; and one that was refused because it is somebody else's must not be seen here.
void keep_photos(Fold& fold) {
  const auto photos = photos_in(fold.entry.personal);
  const std::string refused = text_of(fold.entry.facts.value("refused", Json::object()), "code");
  const bool is_foreign = refused == refusal_row(Code::photo_not_yours).name;
  if (!photos.empty() && !is_foreign) {
    Json personal = fold.permit.personal;
    const Json reused = fold.entry.personal.value("reused", Json::array());
    Json& kept = object_in(personal, "photos");  // {hash: it is used here first of all}
    for (const std::string& photo : photos) {
      const bool is_used = fold.entry.event != field::k_conflict_event;
      if (!kept.contains(photo)) kept[photo] = is_used && !contains(reused, photo);
    }
    fold.permit.personal = std::move(personal);
  }
  if (!fold.entry.facts.contains("photo_reused")) return;
  Json flag = fold.by_at();
  flag["code"] = "photo_reused";
  flag["event"] = fold.entry.event;
  flag["permits"] = fold.entry.facts.at("photo_reused");
  fold.data["flags"].push_back(std::move(flag));
}

struct ApplyRow {
  std::string_view event;
  void (*apply)(Fold&);
};
constexpr ApplyRow k_table[] = {
    {"create", create},
    {"amend", take_application},
    {"submit", submit},
    {"qualify", stamp<k_qualified>},
    {"return", return_it},
    {"consent", stamp<k_consent>},
    {"approve", approve},
    {"reject", end_early},
    {"withdraw", end_early},
    {"confirm_site", stamp<k_site_confirmed>},
    {"measure_confirmed", confirm_measure},
    {"briefing_accepted", [](Fold& fold) { fold.data["briefing"][std::string(fold.entry.actor)] = fold.at; }},
    {"gas_test", gas_test},
    {"watch_checked_in", watch_in},
    {"watch_checked_out", watch_out},
    {"gas_readings", gas_readings},
    {"pre_start_check", pre_start_check},
    {"revalidate", stamp<k_validated>},
    {"hand_over_watch", hand_over_watch},
    {"take_over_watch", take_over_watch},
    {"hand_over_shift", hand_over_shift},
    {"start", stamp<k_started>},
    {"round", round},
    {"suspend", hold},
    {"release_hold", release_hold},
    {"resume", resume},
    {"finish", end_work},
    {"revoke", end_work},
    {"expire", end_work},
    {"round_missed", round_missed},
    {"watch_elapsed", watch_elapsed},
    {"watch_interrupted", run_countdown},
    {"monitoring_elapsed", [](Fold& fold) { fold.data["watch"]["monitored_at"] = fold.at; }},
    {"erase", [](Fold& fold) { fold.data["erased_at"] = fold.at; }},
    {"complete_watch", stamp<k_watch_completed>},
    {"accept", stamp<k_accepted>},
};

bool had_begun(const Instance& permit) { return permit.data.contains("started"); }

}  // namespace

Result<void> apply_entry(Instance& permit, const Recorded& entry) {
  const std::string end_cause = permit.data.value("end_cause", "");
  const LifecycleFacts facts{entry.facts.value("is_last_approval", false), end_cause};
  std::optional<std::string> to;
  const field::Happened when = field::happened(entry);
  const bool is_late = entry.facts.contains("field") && was_recordable(permit, entry.event, when);
  if (is_late || is_recordable(permit.state, entry.event)) {
    to = permit.state;
  } else {
    to = step(permit.state, entry.event, facts);
  }
  if (!to) return refuse(Code::wrong_state, {{"state", permit.state}, {"event", entry.event}});
  apply_field(permit, entry);
  Fold fold{permit, permit.data, entry, format_time(when.earliest)};
  keep_photos(fold);
  for (const ApplyRow& row : k_table) {
    if (row.event != entry.event) continue;
    // Before work began there is nothing to watch: revoking and expiring just end the permit.
    const bool ends_unbegun = row.apply == end_work && !had_begun(permit);
    ends_unbegun ? end_early(fold) : row.apply(fold);
  }
  const bool has_moved = *to != permit.state;
  permit.state = std::move(*to);
  if (!has_moved) return {};
  permit.data["state_since_seq"] = permit.version;  // the entry's own number
  note_state(permit, entry);
  return {};
}

}  // namespace sparkgate::permit
