#include "tests/support/evidence_desk.h"

#include <set>

#include "admin/log_keeper.h"

namespace sparkgate::test {

EvidenceDesk::EvidenceDesk(Town& town) : town_(town) {
  for (size_t i = 0; i < k_witnesses; ++i) {
    witnesses_.emplace_back("witness/" + std::to_string(i), NoteKeyKind::cosignature,
                            PrivateKey::generate(KeyType::ed25519));
  }
}

SignedCheckpoint EvidenceDesk::checkpoint(size_t witnesses) const {
  SignedCheckpoint out = *town_.engine().latest_checkpoint();
  Note note = parse_note(out.note).value();
  for (size_t i = 0; i < witnesses; ++i) {
    note.signatures.push_back(witnesses_[i].sign(note.text, town_.clock.wall()).value());
  }
  out.note = note.str();
  return out;
}

evidence::Bundle EvidenceDesk::bundle(const std::string& id, const evidence::Wanted& wanted) const {
  return bundle(id, checkpoint(), wanted);
}

evidence::Bundle EvidenceDesk::bundle(const std::string& id, const SignedCheckpoint& signed_log,
                                      const evidence::Wanted& wanted) const {
  const auto reader = town_.engine().read();
  const evidence::Sources sources{town_.packs(), heads_};
  auto bundle = evidence::gather(*reader, *reader->instance(id)->instance, signed_log, sources, wanted);
  if (!bundle) throw std::runtime_error(describe(bundle.error()));
  return std::move(*bundle);
}

void EvidenceDesk::record_heads() const {
  town_.clock.advance(hours(1));
  const auto recorded = admin::record_heads(town_.engine());
  if (!recorded) throw std::runtime_error(describe(recorded.error()));
  if (!*recorded) throw std::runtime_error("no heads were recorded");
}

NoteVerifier EvidenceDesk::log_key() const {
  return town_.log_key.verifier(town_.engine().latest_checkpoint()->checkpoint.origin);
}

std::vector<NoteVerifier> EvidenceDesk::witness_keys() const {
  std::vector<NoteVerifier> out;
  for (const NoteSigner& witness : witnesses_) out.push_back(witness.verifier());
  return out;
}

evidence::Trust EvidenceDesk::trust() const {
  evidence::Trust out;
  out.logs = {log_key()};
  out.witnesses = witness_keys();
  out.witnesses_needed = k_witnesses;
  out.passkeys = k_passkeys;
  return out;
}

std::string archive_of(const evidence::Files& files) { return evidence::write_archive(files, evidence::k_manifest); }

std::string archive_of(const evidence::Bundle& bundle) { return archive_of(evidence::files_of(bundle)); }

Result<evidence::Verdict> judge(const std::string& archive, const evidence::Trust& trust) {
  return evidence::verify(archive, trust, [](Registry& registry, const rules::Packs& packs) {
    admin::add_workflows(registry, packs);
  });
}

std::string outcome(const Result<evidence::Verdict>& verdict) {
  if (!verdict) return "unusable";
  const Json json = to_json(*verdict);
  std::string out = text_of(json, "integrity") + " " + text_of(json, "completeness");
  for (const Json& step : json.at("steps")) {
    const std::string became = text_of(step, "outcome");
    if (became == "ok") continue;
    std::set<std::string> codes;
    for (const Json& remark : step.at("remarks")) codes.insert(text_of(remark, "code"));
    out += "; " + text_of(step, "step") + " " + became;
    for (const std::string& code : codes) out += " " + code;
  }
  return out;
}

}  // namespace sparkgate::test
