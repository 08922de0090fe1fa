// The side of those who handle reports. Everything that reads one needs an officer's unlocked keys, and the officer on
// the roster of the day.
#pragma once

#include "certs/sealed_file.h"
#include "workflows/report/history.h"
#include "workflows/report/officer_access.h"

namespace sparkgate::report {

/// A report as it stands in the officers' list.
struct Summary {
  StoredReport report;
  Json first;               // what was reported; null where the officer cannot open it
  std::string assigned_to;  // an officer's id
  bool has_news = false;    // the last word is the source's
};

/// Something that was handed on from a report.
struct HandOff {
  int64_t sequence = 0;  // of the note that tells of it
  StoredHandOff stored;
};

struct OfficerView {
  Summary summary;
  std::vector<Said> said;
  History history;
  std::vector<std::string> next;  // events that the officer may do now
  std::vector<HandOff> hand_offs;
  int unproven = 0;               // items that were altered, or are nobody's
};

struct Act {
  std::string event;
  std::string text;               // to the source
  std::string note;               // among officers
  Json details = Json::object();  // what the event asks for beside words: see acts.h
};

class OfficerDesk {
 public:
  explicit OfficerDesk(Intake& intake) : intake_(intake) {}

  /// All refuse as OfficerAccess::admit.
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
  int seal_to(IntakeWriter& writer, const Opened& opened, const std::vector<RosterOfficer>& readers,
              const SigningKeys& keys);

  Intake& intake_;
};

}  // namespace sparkgate::report
