#include "workflows/report/acts.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "workflows/report/events.h"
#include "workflows/report/filing.h"
#include "workflows/report/hand_off.h"

namespace sparkgate::report {
namespace {

// What goes with an event beside its words: into the step, which is no secret, and into what is said, which is.
struct Extra {
  Json in_step = Json::object(), in_text = Json::object(), in_note = Json::object();
  std::optional<StoredHandOff> hand_off = {};
  std::optional<std::pair<StoredReport, StoredItem>> other = {};  // another report that tells of it too
};

tl::unexpected<Refusal> unknown(const char* member, const std::string& value) {
  return refuse(Code::unknown_reference, {{"path", std::string("/") + member}, {"value", value}});
}

Result<StoredItem> say(const Acting& a, Opened& where, const char* kind, Json content) {
  auto item = where.thread.say_as_officer(where.report, {kind, a.intake.today(), std::move(content)},
                                          a.officer.officer, a.officer.keys.signing, a.intake.random);
  if (!item) return invalid_report("文字过长", "a text is too long");
  return std::move(*item);
}

Result<Extra> assign(const Acting& a) {
  const std::string officer = text_of(a.act.details, "officer");
  const auto& readers = a.access.readers();
  const auto is_theirs = [&](const RosterOfficer& row) { return row.id == officer; };
  if (std::none_of(readers.begin(), readers.end(), is_theirs)) return unknown("officer", officer);
  return Extra{{{"officer", officer}}};
}

// Both reports tell of it, each in its own notes.
Result<Extra> merge(const Acting& a) {
  const std::string id = text_of(a.act.details, "report");
  auto other = id == a.opened.report.id ? std::nullopt : a.access.open(a.writer, id);
  if (!other) return unknown("report", id);
  if (state_row(other->report.state).is_ended) return tl::make_unexpected(not_now(other->report, "merge"));
  auto item = say(a, *other, "note", {{"report", a.opened.report.id}, {"text", ""}, {"type", "merged"}});
  if (!item) return tl::make_unexpected(item.error());
  Extra extra;
  extra.in_note = {{"report", id}};
  extra.other.emplace(std::move(other->report), std::move(*item));
  return extra;
}

Result<Extra> hand_off(const Acting& a) {
  const Json& details = a.act.details;
  if (details.contains("permit") == details.contains("area")) {
    return invalid_report("请给出作业证，或者区域和地址", "name either the permit, or area and address");
  }
  if (a.act.note.empty()) {
    return invalid_report("请写明检查人员所需的情况，不得透露举报人",
                          "write what inspectors need, and nothing of who reported");
  }
  Json referral = details;
  referral["note"] = a.act.note;
  auto handed = make_hand_off(referral, a.opened.report.is_urgent, a.intake);
  if (!handed) return tl::make_unexpected(handed.error());
  Extra extra;
  extra.hand_off = std::move(*handed);
  extra.in_note = details;
  extra.in_note["key"] = extra.hand_off->key;
  return extra;
}

Result<Extra> give_feedback(const Acting& a) {
  const History history = History::of(a.writer, a.opened.report.id);
  if (a.act.details.contains("reward") && !was_found_true(history)) {
    return invalid_report("举报不属实，不能给予奖励", "what was not found true has no reward");
  }
  Extra extra;
  extra.in_text = a.act.details;
  return extra;
}

struct ExtraRow {
  std::string_view event;
  Result<Extra> (*of)(const Acting&);
};
constexpr ExtraRow k_extras[] = {
    {"assign", assign}, {"merge", merge}, {"hand_off", hand_off}, {"give_feedback", give_feedback}};

Result<Extra> extra_of(const Acting& a) {
  for (const ExtraRow& row : k_extras) {
    if (row.event == a.act.event) return row.of(a);
  }
  return Extra{};
}

Json content_of(const Acting& a, const std::string& text, const Json& extra) {
  Json content = {{"text", text}, {"type", a.act.event}};
  content.update(extra);
  return content;
}

Result<std::vector<StoredItem>> items_of(const Acting& a, const Extra& extra) {
  struct Words {
    const char* kind;
    const std::string& text;
    const Json& extra;
  };
  std::vector<StoredItem> items;
  for (const Words& words : {Words{"text", a.act.text, extra.in_text}, Words{"note", a.act.note, extra.in_note}}) {
    if (words.text.empty() && words.extra.empty()) continue;
    auto item = say(a, a.opened, words.kind, content_of(a, words.text, words.extra));
    if (!item) return tl::make_unexpected(item.error());
    items.push_back(std::move(*item));
  }
  return items;
}

Result<void> check_act(const Act& act, const EventRow& row) {
  if (row.says == Says::must && act.text.empty()) {
    return invalid_report("请写明告知举报人的内容", "say it to the reporter");
  }
  for (const std::string& words : {act.text, act.note, text_of(act.details, "address")}) {
    if (words.empty()) continue;
    if (auto good = check_words(words); !good) return good;
  }
  return {};
}

}  // namespace

Result<void> act_on(const Acting& a) {
  const EventRow* row = event_row(a.act.event);
  if (!row || row->by != By::officer) return refuse(Code::not_found);
  StoredReport& report = a.opened.report;
  if (!next_state(report, History::of(a.writer, report.id), a.act.event)) {
    return tl::make_unexpected(not_now(report, a.act.event));
  }
  if (auto good = check_act(a.act, *row); !good) return good;
  const auto extra = extra_of(a);
  if (!extra) return tl::make_unexpected(extra.error());
  const auto items = items_of(a, *extra);
  if (!items) return tl::make_unexpected(items.error());
  if (auto taken = take_step(a.writer, report, a.act.event, a.officer.officer, a.intake, extra->in_step); !taken) {
    return taken;
  }
  for (const StoredItem& item : *items) a.writer.add(item);
  if (extra->hand_off) a.writer.put(*extra->hand_off);
  if (extra->other) a.writer.put(extra->other->first), a.writer.add(extra->other->second);
  return {};
}

}  // namespace sparkgate::report
