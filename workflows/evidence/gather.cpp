#include "workflows/evidence/gather.h"

#include <set>

namespace sparkgate::evidence {
namespace {

Record record_of(const journal::Entry& entry, const LogState& log, const Wanted& wanted) {
  Record out;
  out.bytes = entry.bytes;
  out.facts = entry.facts;
  out.personal_digest = entry.personal_digest;
  if (wanted.personal || !entry.personal) {
    out.personal = entry.personal;
  } else {
    out.absent = Absent::withheld;
  }
  journal::ProofFile proof;
  proof.index = static_cast<uint64_t>(entry.index);
  proof.proof = journal::inclusion_proof(proof.index, log.tree.size, log.subtrees);
  proof.checkpoint = log.checkpoint;
  out.proof = journal::proof_file_text(proof);
  return out;
}

void add_chain(Bundle& bundle, const std::string& folder, Reader& reader, std::string_view instance,
               const LogState& log, const Wanted& wanted) {
  size_t number = 0;
  for (const journal::Entry& entry : reader.entries(instance)) {
    if (static_cast<uint64_t>(entry.index) >= log.tree.size) return;
    bundle.chains[folder][number++] = record_of(entry, log, wanted);
  }
}

std::set<std::string> packs_named(const Records& records) {
  std::set<std::string> out;
  for (const auto& [number, record] : records) {
    const auto facts = parse_json(record.facts->json);
    if (!facts || !facts->contains("decision")) continue;
    out.insert(text_of(facts->at("decision").value("pack", Json::object()), "digest"));
  }
  return out;
}

}  // namespace

Bundle gather(Reader& reader, const Instance& instance, const LogState& log, const rules::Packs& packs,
              const Wanted& wanted) {
  Bundle bundle;
  bundle.workflow = instance.workflow;
  bundle.instance = instance.id;
  bundle.checkpoint = log.checkpoint;
  add_chain(bundle, std::string(k_entries), reader, instance.id, log, wanted);
  for (const std::string& digest : packs_named(bundle.chain(k_entries))) {
    if (const rules::Pack* pack = packs.by_digest(digest)) bundle.packs[digest] = canonical(pack->json());
  }
  return bundle;
}

}  // namespace sparkgate::evidence
