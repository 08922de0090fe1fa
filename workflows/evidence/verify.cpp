#include "workflows/evidence/verify.h"

#include "workflows/evidence/case.h"

namespace sparkgate::evidence {
namespace {

// In the order of words.def; each relies on what those before it have put into the case.
constexpr void (*k_steps[])(Case&) = {
    check_log_signature, check_witnesses,  check_timestamps, check_inclusion, check_chain,
    check_payloads,      check_signatures, check_replay,     check_decisions, check_completeness,
};

Checked read_record(std::string_view folder, size_t number, const Record& record) {
  Checked out{file_of(folder, number), record, {}, std::nullopt};
  journal::Entry& entry = out.entry;
  entry.bytes = record.bytes;
  entry.leaf = journal::leaf_hash(entry.bytes);
  entry.facts = record.facts.value_or(journal::Part{});
  entry.personal = record.personal;
  entry.personal_digest = record.personal_digest;
  if (entry.bytes.size() > journal::k_max_entry_bytes) return out;
  if (auto head = journal::read_head(entry)) out.head = std::move(*head);
  return out;
}

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

Result<Verdict> verify(std::string_view archive, const Trust& trust, const Registry& registry) {
  const auto files = read_archive(archive);
  if (!files) return tl::make_unexpected(files.error());
  Verdict verdict;
  const auto bundle = bundle_of(*files, verdict);
  if (!bundle) return tl::make_unexpected(bundle.error());
  verdict.subject = subject_of(*bundle);
  Case c{*bundle, trust, registry, verdict};
  for (const auto& [folder, records] : bundle->chains) {
    for (const auto& [number, record] : records) c.chains[folder].push_back(read_record(folder, number, record));
  }
  for (const auto step : k_steps) step(c);
  return verdict;
}

}  // namespace sparkgate::evidence
