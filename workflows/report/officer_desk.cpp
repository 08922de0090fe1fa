#include "workflows/report/officer_desk.h"

#include <algorithm>

#include "certs/password.h"
#include "engine/base/codes.h"
#include "workflows/report/events.h"
#include "workflows/report/filing.h"
#include "workflows/report/lifecycle.h"

namespace sparkgate::report {
namespace {

Json about_step(const StoredStep& step) { return parse_json(step.text).value(); }

// The newest assignment.
std::string assigned_to(const std::vector<StoredStep>& steps) {
  std::string out;
  for (const StoredStep& step : steps) {
    const Json json = about_step(step);
    if (text_of(json, "event") == "assign") out = text_of(json.at("about"), "officer");
  }
  return out;
}

bool has_objected(const std::vector<StoredStep>& steps) {
  return std::any_of(steps.begin(), steps.end(),
                     [](const StoredStep& step) { return text_of(about_step(step), "event") == "object"; });
}

std::vector<std::string> next_of(const StoredReport& report, const std::vector<StoredStep>& steps) {
  std::vector<std::string> out;
  for (const EventRow& row : events()) {
    if (row.by != By::officer) continue;
    const bool is_hold = row.name == "hold", is_release = row.name == "release";
    const bool may = row.name == "say" ? !state_row(report.state).is_ended
                     : is_hold || is_release ? report.is_held == is_release
                                             : step(report.state, row.name, !has_objected(steps)).has_value();
    if (may) out.emplace_back(row.name);
  }
  return out;
}

OfficerContext context_of(const Intake& intake, const std::string& officer) { return {intake.tenant, officer}; }

}  // namespace

Result<Enrolment> OfficerDesk::enrol(const std::string& account, const std::string& name,
                                     std::string_view passphrase) {
  if (auto good = check_password(passphrase, account); !good) return tl::make_unexpected(good.error());
  const OfficerKeys keys = OfficerKeys::generate(intake_.random);
  Enrolment out{random_name(intake_.random), RecoveryKey::generate(intake_.random)};
  const OfficerContext context = context_of(intake_, out.officer);
  const StoredOfficer officer{out.officer,
                              account,
                              name,
                              keys.reading.public_key(),
                              keys.signing.public_key(),
                              wrap_by_passphrase(keys, context, passphrase, intake_.random),
                              wrap_by_recovery_key(keys, context, out.recovery, intake_.random)};
  bool is_new = true;
  intake_.store.write([&](IntakeWriter& writer) {
    is_new = !writer.officer_of_account(account);
    if (is_new) writer.put(officer);
  });
  if (!is_new) return refuse(Code::already_enrolled);
  return out;
}

Result<StoredOfficer> OfficerDesk::officer_of(const std::string& account) const {
  std::optional<StoredOfficer> officer;
  intake_.store.read([&](IntakeReader& reader) { officer = reader.officer_of_account(account); });
  if (!officer) return refuse(Code::not_an_officer);
  return std::move(*officer);
}

Result<Unlocked> OfficerDesk::unlock(const std::string& account, std::string_view passphrase) {
  const auto officer = officer_of(account);
  if (!officer) return tl::make_unexpected(officer.error());
  auto keys = unwrap_by_passphrase(officer->passphrase_wrap, context_of(intake_, officer->id), passphrase);
  if (!keys) return refuse(Code::passphrase_wrong);
  return Unlocked{officer->id, std::move(*keys)};
}

Result<void> OfficerDesk::put_passphrase(StoredOfficer officer, std::string wrap) {
  officer.passphrase_wrap = std::move(wrap);
  intake_.store.write([&](IntakeWriter& writer) { writer.put(officer); });
  return {};
}

Result<void> OfficerDesk::recover(const std::string& account, std::string_view recovery, std::string_view passphrase) {
  auto officer = officer_of(account);
  if (!officer) return tl::make_unexpected(officer.error());
  if (auto good = check_password(passphrase, account); !good) return good;
  const auto key = RecoveryKey::parse(recovery);
  const OfficerContext context = context_of(intake_, officer->id);
  const auto keys = key ? unwrap_by_recovery_key(officer->recovery_wrap, context, *key) : std::nullopt;
  if (!keys) return refuse(Code::passphrase_wrong);
  return put_passphrase(std::move(*officer), wrap_by_passphrase(*keys, context, passphrase, intake_.random));
}

Result<void> OfficerDesk::change_passphrase(const std::string& account, std::string_view before,
                                            std::string_view after) {
  auto officer = officer_of(account);
  if (!officer) return tl::make_unexpected(officer.error());
  if (auto good = check_password(after, account); !good) return good;
  auto wrap = sparkgate::change_passphrase(officer->passphrase_wrap, context_of(intake_, officer->id), before, after,
                                           intake_.random);
  if (!wrap) return refuse(Code::passphrase_wrong);
  return put_passphrase(std::move(*officer), std::move(*wrap));
}

// Its very keys: an officer's row in the database may be anybody's, the roster is the lead's.
Result<Roster> OfficerDesk::admit(const Unlocked& officer) const {
  auto roster = intake_.rosters.current();
  if (!roster) return roster;
  const auto valid = valid_officers(*roster, intake_.clock.wall());
  const bool is_on_it = std::any_of(valid.begin(), valid.end(), [&](const RosterOfficer& row) {
    return row.id == officer.officer && row.reading_key == officer.keys.reading.public_key() &&
           row.signing_key == officer.keys.signing.public_key();
  });
  if (!is_on_it) return refuse(Code::not_an_officer);
  return roster;
}

std::optional<OfficerDesk::Opened> OfficerDesk::open(IntakeReader& reader, const Unlocked& officer,
                                                     const std::string& report) const {
  auto stored = reader.report(report);
  if (!stored) return std::nullopt;
  for (const StoredWrap& wrap : reader.wraps_of_report(report)) {
    if (wrap.key_id != key_id_of(officer.keys.reading.public_key())) continue;
    auto secret = secret_for_reader(intake_.tenant, wrap, officer.keys.reading);
    auto thread = secret ? Thread::open(intake_.tenant, *stored, std::move(*secret)) : std::nullopt;
    if (thread) return Opened{std::move(*stored), std::move(*thread)};
  }
  return std::nullopt;
}

Summary OfficerDesk::summarize(IntakeReader& reader, const Opened& opened, const SigningKeys& keys,
                               OfficerView* whole) const {
  Summary out{opened.report, nullptr, "", false};
  OfficerView view;
  view.said = opened.thread.read(reader.items(opened.report.id), keys, view.unproven);
  view.steps = reader.steps(opened.report.id);
  out.assigned_to = assigned_to(view.steps);
  if (!view.said.empty() && view.said.front().sequence == 0) out.first = view.said.front().content;
  out.has_news = !view.said.empty() && view.said.back().direction == Direction::from_source;
  if (whole) *whole = std::move(view);
  return out;
}

Result<std::vector<Summary>> OfficerDesk::list(const Unlocked& officer) {
  if (const auto admitted = admit(officer); !admitted) return tl::make_unexpected(admitted.error());
  const SigningKeys keys = intake_.rosters.signing_keys();
  std::vector<Summary> out;
  intake_.store.read([&](IntakeReader& reader) {
    for (const StoredReport& report : reader.reports()) {
      if (const auto opened = open(reader, officer, report.id)) {
        out.push_back(summarize(reader, *opened, keys, nullptr));
      }
    }
  });
  return out;
}

Result<OfficerView> OfficerDesk::read(const Unlocked& officer, const std::string& report) {
  if (const auto admitted = admit(officer); !admitted) return tl::make_unexpected(admitted.error());
  const SigningKeys keys = intake_.rosters.signing_keys();
  std::optional<OfficerView> out;
  intake_.store.read([&](IntakeReader& reader) {
    const auto opened = open(reader, officer, report);
    if (!opened) return;
    out.emplace();
    Summary summary = summarize(reader, *opened, keys, &*out);
    out->next = next_of(opened->report, out->steps);
    out->summary = std::move(summary);
  });
  if (!out) return refuse(Code::not_found);
  return std::move(*out);
}

Result<void> OfficerDesk::act(const Unlocked& officer, const std::string& report, const Act& act) {
  const auto admitted = admit(officer);
  if (!admitted) return tl::make_unexpected(admitted.error());
  if (act.event == "assign") {
    const auto& all = admitted->officers;
    const bool known = std::any_of(all.begin(), all.end(), [&](const auto& row) { return row.id == act.officer; });
    if (!known) return refuse(Code::unknown_reference, {{"path", "/officer"}, {"value", act.officer}});
  }
  Result<void> out = refuse(Code::not_found);
  intake_.store.write([&](IntakeWriter& writer) {
    auto opened = open(writer, officer, report);
    if (opened) out = act_on(writer, officer, *opened, act);
  });
  return out;
}

Result<void> OfficerDesk::act_on(IntakeWriter& writer, const Unlocked& officer, Opened& opened, const Act& act) {
  const EventRow* row = event_row(act.event);
  if (!row || row->by != By::officer) return refuse(Code::not_found);
  if (row->says == Says::must && act.text.empty()) {
    return refuse(Code::report_invalid, {{"reason", bilingual("请写明告知举报人的内容", "say it to the reporter")}});
  }
  StoredReport& report = opened.report;
  std::vector<StoredItem> items;
  for (const auto& [kind, text] : {std::pair("text", act.text), std::pair("note", act.note)}) {
    if (text.empty()) continue;
    auto item = opened.thread.say_as_officer(report, {kind, intake_.today(), {{"text", text}, {"type", act.event}}},
                                             officer.officer, officer.keys.signing, intake_.random);
    if (!item) return refuse(Code::report_invalid, {{"reason", bilingual("文字过长", "a text is too long")}});
    items.push_back(std::move(*item));
  }
  if (act.event == "hold" || act.event == "release") report.is_held = act.event == "hold";
  Json about = Json::object();
  if (act.event == "assign") about["officer"] = act.officer;
  if (auto taken = take_step(writer, report, act.event, officer.officer, intake_, about); !taken) return taken;
  for (const StoredItem& item : items) writer.add(item);
  return {};
}

Result<Said> OfficerDesk::open_file(const Unlocked& officer, const std::string& report, int64_t sequence,
                                    const ByteSink& sink) {
  const auto view = read(officer, report);
  if (!view) return tl::make_unexpected(view.error());
  const auto at = std::find_if(view->said.begin(), view->said.end(),
                               [&](const Said& said) { return said.sequence == sequence && !said.file.empty(); });
  if (at == view->said.end()) return refuse(Code::not_found);
  const auto key = from_base64(text_of(at->content, "key"));
  const auto sealed = BlobFolder(intake_.files).get(at->file);
  if (!key || !sealed) return refuse(Code::not_found);
  SealedFileReader reader(SecretBytes::copy_of({*key}), {intake_.tenant, report, 0, Direction::from_source, Digest{}},
                          sink);
  if (!reader.write(*sealed) || !reader.finish()) {
    return refuse(Code::file_unreadable, {{"path", at->file}, {"reason", bilingual("内容已被改动", "it was altered")}});
  }
  return *at;
}

Result<int> OfficerDesk::seal_to_roster(const Unlocked& officer) {
  const auto roster = admit(officer);
  if (!roster) return tl::make_unexpected(roster.error());
  const SigningKeys keys = intake_.rosters.signing_keys();
  const auto readers = valid_officers(*roster, intake_.clock.wall());
  int made = 0;
  intake_.store.write([&](IntakeWriter& writer) {
    for (const StoredReport& report : writer.reports()) {
      const auto opened = open(writer, officer, report.id);
      if (!opened) continue;
      const Json first = summarize(writer, *opened, keys, nullptr).first;
      const Json left_out = first.is_object() ? first.value("without", Json::array()) : Json::array();
      const auto wraps = writer.wraps_of_report(report.id);
      for (const RosterOfficer& reader : readers) {
        const std::string key_id = key_id_of(reader.reading_key);
        const auto is_theirs = [&](const StoredWrap& wrap) { return wrap.key_id == key_id; };
        const bool has = std::any_of(wraps.begin(), wraps.end(), is_theirs);
        if (has || std::find(left_out.begin(), left_out.end(), Json(reader.id)) != left_out.end()) continue;
        writer.put(StoredWrap{report.id, key_id, wrap_for_reader(intake_.tenant, report.id, opened->thread.secret(),
                                                                 reader.reading_key, intake_.random)});
        ++made;
      }
    }
  });
  return made;
}

}  // namespace sparkgate::report
