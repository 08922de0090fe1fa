#include "workflows/evidence/verify.h"

#include "workflows/evidence/case.h"

namespace sparkgate::evidence {
namespace {

// Each relies on what those before it have put into the case; verdicts are told in the order of words.def.
constexpr void (*k_steps[])(Case&) = {check_log_signature, check_witnesses, check_inclusion,
                                      check_timestamps,    check_chain,     check_payloads,
                                      load_packs,          check_replay,    check_decisions,
                                      check_completeness};

Json subject_of(const Bundle& bundle) {
  return {{"workflow", bundle.workflow},
          {"instance", bundle.instance},
          {"entries", bundle.chain(k_entries).size()}};
}

}  // namespace

Json reason_of(const Refusal& refusal) {
  const Text title = title_of(refusal);
  return bilingual(title.zh, title.en);
}

std::vector<journal::Entry> bare_entries(const std::vector<Checked>& chain) {
  std::vector<journal::Entry> out;
  for (const Checked& checked : chain) {
    journal::Entry& entry = out.emplace_back();
    entry.index = checked.entry().index;
    entry.bytes = checked.entry().bytes;
    entry.leaf = checked.entry().leaf;
  }
  return out;
}

Result<Verdict> verify(std::string_view archive, const Trust& trust, const Workflows& workflows) {
  auto files = read_archive(archive);
  if (!files) return tl::make_unexpected(files.error());
  Verdict verdict;
  auto bundle = bundle_of(std::move(*files), verdict);
  if (!bundle) return tl::make_unexpected(bundle.error());
  verdict.subject = subject_of(*bundle);
  Case c{*bundle, trust, workflows, verdict};
  for (auto& [folder, records] : bundle->chains) {
    for (auto& [number, record] : records) {
      auto head = journal::read_head(record.entry);
      c.chains[folder].push_back(
          {file_of(folder, number), record, head ? std::optional(std::move(*head)) : std::nullopt});
    }
  }
  for (const auto step : k_steps) step(c);
  return verdict;
}

}  // namespace sparkgate::evidence
