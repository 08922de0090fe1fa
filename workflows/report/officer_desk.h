// The side of those who handle reports. Everything that reads one needs an officer's unlocked keys, and the officer on
// the roster of the day.
#pragma once

#include "certs/sealed_file.h"
#include "workflows/report/export.h"
#include "workflows/report/officer_access.h"
#include "workflows/report/sealing.h"

namespace sparkgate::report {

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
  /// Lets every officer of the roster read what this one can, but for those whom a source left out, and gives a fresh
  /// secret to each open report whose secret somebody who left may have kept; see sealing.h. All of it, or nothing.
  Result<Sealings> seal_to_roster(const Unlocked& officer);
  /// What another officer proposed: the file for the recipient, see export.h. The report tells of it. Refuses
  /// not_found, also where this officer was left out.
  Result<std::string> export_for(const Unlocked& officer, const ExportProposal& proposal);

 private:
  Result<void> unseal(const std::string& report, const Said& said, const ByteSink& sink) const;
  Result<void> tell_of_export(const OfficerAccess& access, const Unlocked& officer, const ExportProposal& proposal);

  Intake& intake_;
};

}  // namespace sparkgate::report
