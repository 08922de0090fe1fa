// An intake office of its own: two officers on a roster, a lead, a clock that is moved by hand. No passphrases: their
// keys are open from the start.
#pragma once

#include "engine/store/sqlite/sqlite_intake.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"
#include "workflows/report/officer_desk.h"
#include "workflows/report/source_desk.h"
#include "workflows/rules/zone.h"

namespace sparkgate::test {

class IntakeRig {
 public:
  IntakeRig() {
    if (!lead_file.put(lead.public_key())) throw std::runtime_error("no file for the lead's key");
    for (const char* name : {"许静", "罗知远"}) officers.push_back(officer(name));
    sign_roster(officers);
  }

  struct Officer {
    std::string name;
    report::Unlocked unlocked;
  };
  Officer officer(const std::string& name) {
    return {name, {report::random_name(random), OfficerKeys::generate(random)}};
  }
  RosterOfficer row(const Officer& one) const {
    return {one.unlocked.officer, one.name, one.unlocked.keys.reading.public_key(),
            one.unlocked.keys.signing.public_key(), clock.wall()};
  }
  StoredRoster signed_roster(const std::vector<Officer>& all, uint64_t epoch, const PrivateKey& by) {
    Roster roster{intake.tenant, epoch, clock.wall(), clock.wall() + k_roster_days, {}};
    for (const Officer& one : all) roster.officers.push_back(row(one));
    const std::string text = roster_text(roster);
    return {static_cast<int64_t>(epoch), text, by.sign(roster_to_sign(text)).value()};
  }
  void sign_roster(const std::vector<Officer>& all) { rosters.accept(signed_roster(all, ++epoch, lead)).value(); }

  report::Receipt filed(const std::string& text = "车间里无证焊接", std::vector<std::string> without = {}) {
    return source.file({"no_certificate", "", "一号车间", "刚才", text, std::move(without)}).value();
  }
  /// The one report there is, or the one that was looked at last.
  std::string only_report() {
    std::string id = looked_at;
    store->read([&](IntakeReader& reader) { if (id.empty()) id = reader.reports().at(0).id; });
    return id;
  }
  void look_at(const report::Receipt& receipt) {
    const std::string lookup(bytes_of(source.keys_of(receipt.code).lookup(intake.pepper.view())));
    store->read([&](IntakeReader& reader) { looked_at = reader.report_by_lookup(lookup).value().id; });
  }
  Result<void> act(const std::string& event, const std::string& text = "", size_t who = 0) {
    return desk.act(officers[who].unlocked, only_report(), {event, text, "", details_of(event, who)});
  }

  Json details_of(const std::string& event, size_t who) const {
    return event == "assign" ? Json{{"officer", officers[who].unlocked.officer}} : Json::object();
  }

  TempFolder folder;
  FakeClock clock{Time(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2)) + hours(1)};
  SeededRandom random;
  std::unique_ptr<IntakeStore> store = open_sqlite_intake(folder.path() / "intake").value();
  PrivateKey lead = PrivateKey::generate(KeyType::ed25519);
  report::LeadFile lead_file{folder.path() / "lead.pub"};
  uint64_t epoch = 0;
  report::Rosters rosters{*store, clock, "office", lead_file, report::EpochFile(folder.path() / "epoch")};
  report::Intake intake{*store,
                        rosters,
                        clock,
                        random,
                        "office",
                        "salt of the office",
                        SecretBytes::copy_of({"pepper"}),
                        BlobFolder(folder.path() / "files"),
                        [this] { return format_time(clock.wall()).substr(0, 10); },
                        [](std::string_view day) { return !rules::is_weekend(std::string(day)); }};
  report::SourceDesk source{intake};
  report::OfficerDesk desk{intake};
  std::vector<Officer> officers;
  std::string looked_at;
};

}  // namespace sparkgate::test
