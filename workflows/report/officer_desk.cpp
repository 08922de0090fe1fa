#include "workflows/report/officer_desk.h"

#include <algorithm>

#include "certs/sealed_file.h"
#include "engine/base/codes.h"
#include "workflows/report/acts.h"
#include "workflows/report/filing.h"
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
  out.unproven += out.history.broken();
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
  if (auto good = unseal(report, *at, sink); !good) return tl::make_unexpected(good.error());
  return *at;
}

Result<void> OfficerDesk::unseal(const std::string& report, const Said& said, const ByteSink& sink) const {
  const auto key = from_base64(text_of(said.content, "key"));
  const auto sealed = intake_.files.get(said.file);
  if (!key || !sealed) return refuse(Code::not_found);
  SealedFileReader reader(SecretBytes::copy_of({*key}), {intake_.tenant, report, 0, Direction::from_source, Digest{}},
                          sink);
  if (reader.write(*sealed) && reader.finish()) return {};
  return refuse(Code::file_unreadable, {{"path", said.file}, {"reason", bilingual("内容已被改动", "it was altered")}});
}

Result<Sealings> OfficerDesk::seal_to_roster(const Unlocked& officer) {
  const auto access = OfficerAccess::admit(intake_, officer);
  if (!access) return tl::make_unexpected(access.error());
  Sealer sealer(intake_, *access);
  intake_.store.write([&](IntakeWriter& writer) {
    for (Opened& opened : access->all(writer)) sealer.seal(writer, opened);
  });
  return sealer.made();
}

Result<std::string> OfficerDesk::export_for(const Unlocked& officer, const ExportProposal& proposal) {
  const auto access = OfficerAccess::admit(intake_, officer);
  if (!access) return tl::make_unexpected(access.error());
  const auto view = read(officer, proposal.report);
  if (!view) return tl::make_unexpected(view.error());
  Exporting exporting{proposal, officer.officer, intake_.tenant, intake_.today(), {}};
  for (const RosterOfficer& one : access->roster().officers) exporting.officers[one.id] = one.name;
  const auto file = [&](const Said& said) -> std::optional<std::string> {
    std::string bytes;
    const auto whole = unseal(proposal.report, said, [&](std::string_view part) { bytes.append(part); });
    return whole ? std::optional(std::move(bytes)) : std::nullopt;
  };
  std::string sealed = proposal.recipient.seal(export_archive(*view, exporting, file));
  if (auto told = tell_of_export(*access, officer, proposal); !told) return tl::make_unexpected(told.error());
  return sealed;
}

// The step, which is no secret, says who; to whom stands in a note, which is one.
Result<void> OfficerDesk::tell_of_export(const OfficerAccess& access, const Unlocked& officer,
                                         const ExportProposal& proposal) {
  Result<void> out = refuse(Code::not_found);
  intake_.store.write([&](IntakeWriter& writer) {
    auto opened = access.open(writer, proposal.report);
    if (!opened) return;
    const auto note = opened->thread.say_as_officer(opened->report, {"note", intake_.today(), export_note(proposal)},
                                                    officer.officer, officer.keys.signing, intake_.random);
    if (!note) return void(out = invalid_report("证书名称过长", "the certificate's name is too long"));
    out = take_step(writer, opened->report, "export", officer.officer, intake_,
                    {{"proposed_by", proposal.proposed_by}});
    if (out) writer.add(*note);
  });
  return out;
}

}  // namespace sparkgate::report
