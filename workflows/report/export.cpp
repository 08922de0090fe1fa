#include "workflows/report/export.h"

#include "workflows/evidence/archive.h"

namespace sparkgate::report {
namespace {

constexpr const char* k_format = "sparkgate-report/1";
constexpr const char* k_first_file = "report.json";

std::string file_name(int64_t sequence) { return "files/" + std::to_string(sequence); }

// Keys are ours alone: to our store, or to nothing any more.
Json content_of(const Said& said) {
  Json out = said.content;
  for (const char* own : {"key", k_source_key}) out.erase(own);
  return out;
}

Json said_json(const Said& said) {
  return {{"author", said.author},
          {"content", content_of(said)},
          {"day", said.day},
          {"direction", name_of(said.direction)},
          {"kind", said.kind},
          {"sequence", said.sequence}};
}

Json step_json(const Step& step) {
  return {{"about", step.about}, {"by", step.by}, {"event", step.event}, {"sequence", step.sequence},
          {"state", step.state}};
}

Json exported_json(const Exporting& exporting) {
  const CmsRecipient& recipient = exporting.proposal.recipient;
  return {{"confirmed_by", exporting.confirmed_by},
          {"day", exporting.day},
          {"proposed_by", exporting.proposal.proposed_by},
          {"recipient", {{"certificate", recipient.fingerprint()}, {"subject", recipient.subject()}}}};
}

}  // namespace

std::string export_archive(const OfficerView& view, const Exporting& exporting, const FileBytes& file) {
  const StoredReport& report = view.summary.report;
  Json out = {{"exported", exported_json(exporting)},
              {"format", k_format},
              {"office", exporting.office},
              {"officers", exporting.officers},
              {"report", {{"id", report.id}, {"received", report.received}, {"urgent", report.is_urgent}}},
              {"said", Json::array()},
              {"state", report.state},
              {"steps", Json::array()},
              {"unproven", view.unproven}};
  evidence::Files files;
  for (const Said& said : view.said) {
    Json item = said_json(said);
    if (!said.file.empty()) {
      auto bytes = file(said);
      if (bytes) files[file_name(said.sequence)] = std::move(*bytes);
      item[bytes ? "file" : "unreadable"] = bytes ? Json(file_name(said.sequence)) : Json(true);
    }
    out["said"].push_back(std::move(item));
  }
  for (const Step& step : view.history.steps()) out["steps"].push_back(step_json(step));
  files[k_first_file] = canonical(out);
  return evidence::write_archive(files, k_first_file);
}

Json export_note(const ExportProposal& proposal) {
  return {{"certificate", proposal.recipient.fingerprint()},
          {"text", proposal.recipient.subject()},
          {"type", "export"}};
}

}  // namespace sparkgate::report
