#include "admin/office.h"

#include "admin/ledger.h"
#include "engine/base/codes.h"
#include "workflows/evidence/archive.h"

namespace sparkgate::admin {

Result<std::vector<api::LedgerCase>> OfficeWork::read_ledger(std::string_view zip, const rules::Pack& pack) {
  const auto unusable = [](const Json& reason) { return refuse(Code::ledger_unusable, {{"reason", reason}}); };
  const auto files = evidence::read_archive(zip);
  if (!files) return unusable(files.error().details.value("reason", Json("")));
  const Ledger ledger([&](const std::string& name) -> std::optional<std::string> {
    const auto file = files->find(name);
    return file == files->end() ? std::nullopt : std::optional(file->second);
  });
  for (const Refusal& error : ledger.errors()) {
    if (error.code != Code::file_unreadable) return tl::make_unexpected(error);
    const std::string name = text_of(error.details, "path");
    return unusable(bilingual("缺少 " + name, name + " is missing"));
  }
  const auto by_number = [](const std::string& key) { return key; };
  std::vector<api::LedgerCase> out;
  for (const auto& [number, json] : ledger.applications()) {
    out.push_back({number, qualification_facts(json, ledger, pack.zone(), by_number, by_number)});
  }
  return out;
}

}  // namespace sparkgate::admin
