// The side of those who handle reports. Everything that reads one needs an officer's unlocked keys, and the officer on
// the roster of the day.
#pragma once

#include "certs/officer_keys.h"
#include "certs/sealed_file.h"
#include "workflows/report/intake.h"

namespace sparkgate::report {

/// An officer whose keys are open.
struct Unlocked {
  std::string officer;  // id
  OfficerKeys keys;
};

struct Enrolment {
  std::string officer;
  RecoveryKey recovery;  // to be printed, once
};

/// A report as it stands in the officers' list.
struct Summary {
  StoredReport report;
  Json first;               // what was reported; null where the officer cannot open it
  std::string assigned_to;  // an officer's id
  bool has_news = false;    // the last word is the source's
};

struct OfficerView {
  Summary summary;
  std::vector<Said> said;
  std::vector<StoredStep> steps;
  std::vector<std::string> next;  // events that the officer may do now
  int unproven = 0;               // items that were altered, or are nobody's
};

struct Act {
  std::string event;
  std::string text;     // to the source
  std::string note;     // among officers
  std::string officer;  // for "assign": an id
  std::string report;   // for "merge": the other report's id
};

class OfficerDesk {
 public:
  explicit OfficerDesk(Intake& intake) : intake_(intake) {}

  /// Refuses already_enrolled, password_weak. Costs 0.7 s: the caller lets one such job run at a time.
  Result<Enrolment> enrol(const std::string& account, const std::string& name, std::string_view passphrase);
  /// Refuses not_an_officer, passphrase_wrong. Costs as much.
  Result<Unlocked> unlock(const std::string& account, std::string_view passphrase);
  /// Another passphrase by the recovery key. Refuses not_an_officer, passphrase_wrong, password_weak. Costs as much.
  Result<void> recover(const std::string& account, std::string_view recovery, std::string_view passphrase);
  /// Costs twice as much.
  Result<void> change_passphrase(const std::string& account, std::string_view before, std::string_view after);

  /// Those below refuse intake_closed, and not_an_officer for whoever is not on the roster (any more).
  Result<std::vector<Summary>> list(const Unlocked& officer);
  /// Refuses not_found, also where the officer was left out.
  Result<OfficerView> read(const Unlocked& officer, const std::string& report);
  /// Refuses not_found, wrong_state, report_invalid, unknown_reference.
  Result<void> act(const Unlocked& officer, const std::string& report, const Act& act);
  /// The bytes of a file as they verify. Refuses not_found, and file_unreadable when the file was cut off or altered:
  /// what was given until then is not to be used.
  Result<Said> open_file(const Unlocked& officer, const std::string& report, int64_t sequence, const ByteSink& sink);
  /// Lets every officer of the roster read what this one can, but for those whom a source left out; how many wraps were
  /// made.
  Result<int> seal_to_roster(const Unlocked& officer);

 private:
  struct Opened {
    StoredReport report;
    Thread thread;
  };
  Result<Roster> admit(const Unlocked& officer) const;
  std::optional<Opened> open(IntakeReader& reader, const Unlocked& officer, const std::string& report) const;
  Summary summarize(IntakeReader& reader, const Opened& opened, const SigningKeys& keys, OfficerView* whole) const;
  Result<void> act_on(IntakeWriter& writer, const Unlocked& officer, Opened& opened, const Act& act);
  Result<StoredOfficer> officer_of(const std::string& account) const;
  Result<void> put_passphrase(StoredOfficer officer, std::string wrap);

  Intake& intake_;
};

}  // namespace sparkgate::report
