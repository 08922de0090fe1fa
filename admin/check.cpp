#include "admin/check.h"

#include <filesystem>
#include <set>

#include "admin/ledger.h"
#include "engine/base/codes.h"
#include "workflows/rules/packs.h"

namespace sparkgate::admin {
namespace {

constexpr int k_usage = 64, k_bad_data = 65;

void print(const Refusal& refusal, std::ostream& err) {
  const Text title = title_of(refusal);
  err << title.zh << " / " << title.en << "\n";
}

std::string joined(const std::set<std::string>& codes) {
  std::string out;
  for (const std::string& code : codes) out.append(out.empty() ? "" : ";").append(code);
  return out;
}

std::string quoted(const std::string& field) {
  if (field.find_first_of(",\"\r\n") == field.npos) return field;
  std::string out = "\"";
  for (const char c : field) out.append(c == '"' ? 2 : 1, c);
  return out + "\"";
}

std::string line_of(const std::string& number, const rules::Judgement& judgement) {
  std::set<std::string> findings, warnings;
  for (const Finding& f : judgement.findings) (f.severity == Severity::warn ? warnings : findings).insert(f.code);
  const char* verdict = judgement.refuses() ? "refused" : judgement.undecided() ? "undecided" : "qualified";
  return quoted(number) + "," + judgement.grade + "," + verdict + "," + joined(findings) + "," + joined(warnings);
}

}  // namespace

int check(const std::string& folder, const std::string& pack_id, std::ostream& out, std::ostream& err) {
  const auto packs = rules::Packs::embedded();
  if (!packs) {
    print(packs.error(), err);
    return k_bad_data;
  }
  const rules::Pack* pack = packs->latest(pack_id);
  if (!pack) {
    std::string available;
    for (const rules::Pack* one : packs->list()) available.append(available.empty() ? "" : ", ").append(one->ref().id);
    const Refusal unknown{Code::pack_unknown, {{"value", pack_id}, {"available", available}}, {}};
    print(unknown, err);
    err << remedy_of(unknown).zh << " / " << remedy_of(unknown).en << "\n";
    return k_usage;
  }
  if (!std::filesystem::is_directory(folder)) {
    print({Code::file_unreadable,
           {{"path", folder}, {"reason", {{"zh", "没有这个文件夹"}, {"en", "there is no such folder"}}}},
           {}},
          err);
    return k_usage;
  }
  const Ledger ledger = Ledger::of_folder(folder);
  if (!ledger.errors().empty()) {
    for (const Refusal& error : ledger.errors()) print(error, err);
    return k_bad_data;
  }
  const auto by_number = [](const std::string& key) { return key; };
  out << "application,grade,verdict,findings,warnings\n";
  for (const auto& [number, json] : ledger.applications()) {
    const Json facts = qualification_facts(json, ledger, pack->zone(), by_number, by_number);
    out << line_of(number, pack->judge("submit", facts)) << "\n";
  }
  return 0;
}

}  // namespace sparkgate::admin
