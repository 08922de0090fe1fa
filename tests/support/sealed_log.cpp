#include "tests/support/sealed_log.h"

#include <set>

namespace sparkgate::test {
namespace {

constexpr size_t k_witnesses = 3;

std::vector<journal::Entry> all_entries(Town& town) {
  std::vector<journal::Entry> out;
  const auto reader = town.engine().read();
  for (const Registered& registered : town.engine().registry().all()) {
    ListQuery page;
    page.workflow = registered.workflow->description().name;
    page.limit = 200;
    for (;;) {
      const auto instances = reader->list(page);
      for (const InstancePtr& instance : instances) {
        for (journal::Entry& entry : reader->entries(instance->id)) out.push_back(std::move(entry));
        page.before = instance->id;
      }
      if (instances.empty()) break;
    }
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
  return out;
}

// Roots of complete subtrees, level by level.
journal::Subtrees tree_over(const std::vector<journal::Entry>& entries) {
  auto levels = std::make_shared<std::vector<std::vector<Digest>>>(1);
  for (const journal::Entry& entry : entries) levels->front().push_back(entry.leaf);
  while (levels->back().size() > 1) {
    const std::vector<Digest>& below = levels->back();
    std::vector<Digest> level;
    for (size_t i = 0; i + 1 < below.size(); i += 2) level.push_back(journal::node_hash(below[i], below[i + 1]));
    levels->push_back(std::move(level));
  }
  return [levels](int level, uint64_t number) { return levels->at(level).at(number); };
}

}  // namespace

SealedLog::SealedLog(std::string origin) : log_(std::move(origin), NoteKeyKind::ed25519, PrivateKey::generate(KeyType::ed25519)) {
  for (size_t i = 0; i < k_witnesses; ++i) {
    witnesses_.emplace_back("witness/" + std::to_string(i), NoteKeyKind::cosignature,
                            PrivateKey::generate(KeyType::ed25519));
  }
}

evidence::LogState SealedLog::seal(Town& town, size_t witnesses) {
  const auto entries = all_entries(town);
  evidence::LogState out;
  out.subtrees = tree_over(entries);
  out.tree = {log_.verifier().name(), entries.size(), journal::root_of(entries.size(), out.subtrees)};
  Note note{journal::checkpoint_text(out.tree), {}};
  note.signatures.push_back(log_.sign(note.text).value());
  for (size_t i = 0; i < witnesses; ++i) {
    note.signatures.push_back(witnesses_[i].sign(note.text, town.clock.wall()).value());
  }
  out.checkpoint = note.str();
  return out;
}

evidence::Bundle SealedLog::bundle(Town& town, const std::string& id, const evidence::Wanted& wanted) {
  const auto log = seal(town, k_witnesses);
  const auto reader = town.engine().read();
  return evidence::gather(*reader, *reader->instance(id)->instance, log, town.packs(), wanted);
}

std::vector<NoteVerifier> SealedLog::witness_keys() const {
  std::vector<NoteVerifier> out;
  for (const NoteSigner& witness : witnesses_) out.push_back(witness.verifier());
  return out;
}

evidence::Trust SealedLog::trust() const {
  evidence::Trust out;
  out.logs = {key()};
  out.witnesses = witness_keys();
  out.witnesses_needed = k_witnesses;
  return out;
}

std::string archive_of(const evidence::Files& files) { return evidence::write_archive(files, evidence::k_manifest); }

std::string archive_of(const evidence::Bundle& bundle) { return archive_of(evidence::files_of(bundle)); }

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
