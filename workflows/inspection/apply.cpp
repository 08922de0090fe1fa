#include "engine/base/codes.h"
#include "workflows/inspection/lifecycle.h"
#include "workflows/inspection/workflow.h"
#include "workflows/photos.h"

namespace sparkgate::inspection {
namespace {

struct Fold {
  Instance& inspection;
  Json& data;
  const Recorded& entry;
  Json by_at() const { return {{"by", entry.actor}, {"at", format_time(entry.at)}}; }
};

// Null once erased.
const Json& personal(const Fold& fold, const char* member) {
  static const Json k_null;
  const Json& all = fold.entry.personal;
  return all.is_object() && all.contains(member) ? all.at(member) : k_null;
}

void keep_personal(Fold& fold, const char* member) {
  if (personal(fold, member).is_null()) return;
  Json kept = fold.inspection.personal;
  kept[member] = personal(fold, member);
  fold.inspection.personal = std::move(kept);
}

void place(Fold& fold) {
  constexpr const char* k_taken[] = {"permit",  "on_site_metres", "area", "areas", "address", "unit",
                                     "owner_unit", "pack",        "items"};
  for (const char* member : k_taken) {
    if (fold.entry.facts.contains(member)) fold.data[member] = fold.entry.facts.at(member);
  }
  for (const char* member : {"position", "photos", "note"}) keep_personal(fold, member);
}

void open(Fold& fold) {
  place(fold);
  fold.data["opened_by"] = fold.entry.actor;
  fold.data["opened_at"] = format_time(fold.entry.at);
  fold.data["results"] = Json::object();
}

// What was told to the office stays beside what the inspector notes.
void refer(Fold& fold) {
  place(fold);
  fold.data["referred_at"] = format_time(fold.entry.at);
  Json kept = fold.inspection.personal;
  if (kept.contains("note")) kept["referral"] = kept.at("note"), kept.erase("note");
  fold.inspection.personal = std::move(kept);
}

// A later result of the same item takes the place of the earlier one, with what was noted.
void record(Fold& fold) {
  for (const Json& result : fold.entry.facts.at("results")) {
    Json kept = fold.by_at();
    kept["result"] = result.at("result");
    fold.data["results"][text_of(result, "item")] = std::move(kept);
  }
  fold.data["recorded_seq"] = fold.inspection.version;  // the entry's own number
  const Json& findings = personal(fold, "findings");
  if (findings.is_null()) return;
  Json kept = fold.inspection.personal;
  kept["findings"].update(findings);
  fold.inspection.personal = std::move(kept);
}

template <const char* member, const char* fact>
void stamp(Fold& fold) {
  fold.data[member] = fold.by_at();
  fold.data[member][fact] = fold.entry.facts.at(fact);
}
constexpr char k_stopped[] = "stopped", k_withdrawn[] = "withdrawn", k_concluded[] = "concluded", k_reason[] = "reason",
               k_outcome[] = "outcome";

void conclude(Fold& fold) {
  stamp<k_concluded, k_outcome>(fold);
  keep_personal(fold, "conclusion");
}

// Also those of results that were replaced since: the entries bear them.
void keep_photos(Fold& fold) {
  const auto photos = photos_in(fold.entry.personal);
  if (photos.empty()) return;
  Json kept = fold.inspection.personal;
  for (const std::string& photo : photos) kept["borne"][photo] = true;
  fold.inspection.personal = std::move(kept);
}

struct ApplyRow {
  std::string_view event;
  void (*apply)(Fold&);
};
constexpr ApplyRow k_table[] = {
    {"open", open},
    {"refer", refer},
    {"begin", open},
    {"record", record},
    {"stop_work", stamp<k_stopped, k_reason>},
    {"conclude", conclude},
    {"withdraw", stamp<k_withdrawn, k_reason>},
    {"erase", [](Fold& fold) { fold.data["erased_at"] = format_time(fold.entry.at); }},
};

}  // namespace

Result<void> Inspections::apply(Instance& instance, const Recorded& entry) const {
  auto to = step(instance.state, entry.event);
  if (!to) return refuse(Code::wrong_state, {{"state", instance.state}, {"event", entry.event}});
  Fold fold{instance, instance.data, entry};
  keep_photos(fold);
  for (const ApplyRow& row : k_table) {
    if (row.event == entry.event) row.apply(fold);
  }
  instance.state = std::move(*to);
  return {};
}

}  // namespace sparkgate::inspection
