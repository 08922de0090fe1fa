// One report for another authority, as evidence: everything that was said, and the files, in an archive that only the
// recipient's certificate opens. Two officers do it, the second knowing what the first proposed.
//
//   report.json     canonical JSON {exported, format, office, officers, report, said, state, steps, unproven}
//   files/SEQUENCE  the bytes of a file as the source sent it; name and type, as the sender's device called them, stand
//                   in report.json, where a file that does not open any more is marked "unreadable"
#pragma once

#include <map>

#include "certs/cms_export.h"
#include "workflows/report/officer_view.h"

namespace sparkgate::report {

struct ExportProposal {
  std::string report;
  std::string proposed_by;  // an officer's id
  CmsRecipient recipient;
};

struct Exporting {
  const ExportProposal& proposal;
  const std::string& confirmed_by;
  std::string office, day;
  std::map<std::string, std::string> officers;  // names by ids
};

/// The bytes of the file that goes with it, or nothing.
using FileBytes = std::function<std::optional<std::string>(const Said& said)>;

/// A zip, the same for the same report.
std::string export_archive(const OfficerView& view, const Exporting& exporting, const FileBytes& file);

/// For officers, in the report: to whom it went.
Json export_note(const ExportProposal& proposal);

}  // namespace sparkgate::report
