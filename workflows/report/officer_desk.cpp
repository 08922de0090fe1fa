#include "workflows/report/officer_desk.h"

#include <algorithm>

#include "certs/sealed_file.h"
#include "engine/base/codes.h"
#include "workflows/report/acts.h"
#include "workflows/report/history.h"

namespace sparkgate::report {
namespace {

OfficerView view_of(IntakeReader& reader, const Opened& opened, const SigningKeys& keys) {
  const StoredReport& report = opened.report;
  OfficerView out;
  const auto items = reader.items(report.id);
  out.said = opened.thread.read(items, keys, out.unproven);
  out.unproven += static_cast<int>(std::max(report.items - static_cast<int64_t>(items.size()), int64_t{0}));  // gone
  out.history = History::of(reader, report.id);
  out.next = next_events(report, out.history, By::officer);
  out.summary = {report, nullptr, "", false};
  if (const Step* assigned = out.history.newest("assign")) {
    out.summary.assigned_to = text_of(assigned->about, "officer");
  }
  for (const Said& said : out.said) {
    auto handed = text_of(said.content, "type") == "hand_off" ? reader.hand_off(text_of(said.content, "key"))
                                                              : std::nullopt;
    if (handed) out.hand_offs.push_back({said.sequence, std::move(*handed)});
  }
  if (out.said.empty()) return out;
  if (out.said.front().sequence == 0) out.summary.first = out.said.front().content;
  out.summary.has_news = out.said.back().direction == Direction::from_source;
  return out;
}

}  // namespace

Result<std::vector<Summary>> OfficerDesk::list(const Unlocked& officer) {
  const auto access = OfficerAccess::admit(intake_, officer);
  if (!access) return tl::make_unexpected(access.error());
  const SigningKeys keys = intake_.rosters.signing_keys();
  std::vector<Summary> out;
  intake_.store.read([&](IntakeReader& reader) {
    for (const Opened& opened : access->all(reader)) out.push_back(view_of(reader, opened, keys).summary);
  });
  return out;
}

Result<OfficerView> OfficerDesk::read(const Unlocked& officer, const std::string& report) {
  const auto access = OfficerAccess::admit(intake_, officer);
  if (!access) return tl::make_unexpected(access.error());
  const SigningKeys keys = intake_.rosters.signing_keys();
  Result<OfficerView> out = refuse(Code::not_found);
  intake_.store.read([&](IntakeReader& reader) {
    if (const auto opened = access->open(reader, report)) out = view_of(reader, *opened, keys);
  });
  return out;
}

Result<void> OfficerDesk::act(const Unlocked& officer, const std::string& report, const Act& act) {
  const auto access = OfficerAccess::admit(intake_, officer);
  if (!access) return tl::make_unexpected(access.error());
  Result<void> out = refuse(Code::not_found);
  intake_.store.write([&](IntakeWriter& writer) {
    auto opened = access->open(writer, report);
    if (opened) out = act_on({writer, intake_, *access, officer, *opened, act});
  });
  return out;
}

Result<Said> OfficerDesk::open_file(const Unlocked& officer, const std::string& report, int64_t sequence,
                                    const ByteSink& sink) {
  const auto view = read(officer, report);
  if (!view) return tl::make_unexpected(view.error());
  const auto at = std::find_if(view->said.begin(), view->said.end(),
                               [&](const Said& said) { return said.sequence == sequence && !said.file.empty(); });
  if (at == view->said.end()) return refuse(Code::not_found);
  const auto key = from_base64(text_of(at->content, "key"));
  const auto sealed = intake_.files.get(at->file);
  if (!key || !sealed) return refuse(Code::not_found);
  SealedFileReader reader(SecretBytes::copy_of({*key}), {intake_.tenant, report, 0, Direction::from_source, Digest{}},
                          sink);
  if (!reader.write(*sealed) || !reader.finish()) {
    return refuse(Code::file_unreadable, {{"path", at->file}, {"reason", bilingual("内容已被改动", "it was altered")}});
  }
  return *at;
}

Result<int> OfficerDesk::seal_to_roster(const Unlocked& officer) {
  const auto access = OfficerAccess::admit(intake_, officer);
  if (!access) return tl::make_unexpected(access.error());
  const SigningKeys keys = intake_.rosters.signing_keys();
  int made = 0;
  intake_.store.write([&](IntakeWriter& writer) {
    for (const Opened& opened : access->all(writer)) made += seal_to(writer, opened, access->readers(), keys);
  });
  return made;
}

int OfficerDesk::seal_to(IntakeWriter& writer, const Opened& opened, const std::vector<RosterOfficer>& readers,
                         const SigningKeys& keys) {
  const Json first = view_of(writer, opened, keys).summary.first;
  const Json left_out = first.is_object() ? first.value("without", Json::array()) : Json::array();
  const auto wraps = writer.wraps_of_report(opened.report.id);
  int made = 0;
  for (const RosterOfficer& reader : readers) {
    const std::string key_id = key_id_of(reader.reading_key);
    const bool has = std::any_of(wraps.begin(), wraps.end(), [&](const auto& wrap) { return wrap.key_id == key_id; });
    if (has || std::find(left_out.begin(), left_out.end(), Json(reader.id)) != left_out.end()) continue;
    writer.put(wrap_for_reader(intake_.tenant, opened.thread, reader.reading_key, intake_.random));
    ++made;
  }
  return made;
}

}  // namespace sparkgate::report
