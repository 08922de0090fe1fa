#include "workflows/evidence/gather.h"

#include <set>

#include "engine/log_reader.h"
#include "workflows/evidence/gather_stamps.h"
#include "workflows/evidence/slot_proof.h"
#include "workflows/keys/ring.h"
#include "workflows/log/workflow.h"

namespace sparkgate::evidence {
namespace {

class Gatherer {
 public:
  Gatherer(Reader& reader, const SignedCheckpoint& signed_log, const Sources& sources, const Wanted& wanted)
      : reader_(reader), signed_(signed_log), sources_(sources), wanted_(wanted), logs_(reader.logs()) {}

  Result<Bundle> gather(const Instance& instance) {
    bundle_.workflow = instance.workflow;
    bundle_.instance = instance.id;
    bundle_.checkpoint = signed_.note;
    if (auto added = add_chain(std::string(k_entries), instance.id); !added) return tl::make_unexpected(added.error());
    if (auto added = add_rings(); !added) return tl::make_unexpected(added.error());
    if (auto added = add_logs(); !added) return tl::make_unexpected(added.error());
    if (auto added = add_heads(instance.slot); !added) return tl::make_unexpected(added.error());
    if (auto added = add_stamps(instance.id); !added) return tl::make_unexpected(added.error());
    add_packs();
    return std::move(bundle_);
  }

 private:
  bool is_running(const StoredLog& log) const { return log.origin == signed_.checkpoint.origin; }

  // Nothing for an entry that the running log's checkpoint does not cover.
  Result<std::optional<Record>> record_of(journal::Entry entry) {
    const StoredLog& log = log_of(logs_, entry.index);
    oldest_log_ = std::min(oldest_log_, log.number);
    const auto index = static_cast<uint64_t>(entry.index - log.first);
    const uint64_t size = is_running(log) ? signed_.checkpoint.size : log.size;
    if (index >= size) return std::nullopt;
    auto proof = LogReader(reader_, log).inclusion(index, size);
    if (!proof) return tl::make_unexpected(proof.error());
    if (!wanted_.personal) entry.personal.reset();
    const std::string& note = is_running(log) ? signed_.note : log.checkpoint;
    return Record{std::move(entry), journal::proof_file_text({"", index, std::move(*proof), note})};
  }

  Result<void> add_chain(const std::string& folder, std::string_view instance) {
    size_t number = 0;
    for (journal::Entry& entry : reader_.entries(instance)) {
      auto record = record_of(std::move(entry));
      if (!record) return tl::make_unexpected(record.error());
      if (!*record) return {};
      bundle_.chains[folder][number++] = std::move(**record);
    }
    return {};
  }

  // Rings of the keys that signed an entry, of those that endorsed these, and so on.
  Result<void> add_rings() {
    const ReaderView view(reader_);
    std::vector<std::string> folders = {std::string(k_entries)};
    for (size_t i = 0; i < folders.size(); ++i) {
      for (const std::string& kid : keys_named(bundle_.chain(folders[i]))) {
        const InstancePtr ring = keys::ring_of_key(view, kid);
        const std::string folder = ring ? std::string(k_keys) + ring->id : "";
        if (!ring || bundle_.chains.contains(folder)) continue;
        if (auto added = add_chain(folder, ring->id); !added) return added;
        rings_.push_back(ring);
        folders.push_back(folder);
      }
    }
    return {};
  }

  // By which entries each log, from the running one back to the oldest that is needed, continues the one before.
  Result<void> add_logs() {
    const ReaderView view(reader_);
    size_t number = 0;
    for (auto log = logs_.rbegin(); log != logs_.rend() && log->number > oldest_log_; ++log) {
      const InstancePtr instance = log::log_instance(view, log->origin);
      auto entries = instance ? reader_.entries(instance->id) : std::vector<journal::Entry>();
      if (entries.empty()) continue;
      auto record = record_of(std::move(entries.front()));
      if (!record) return tl::make_unexpected(record.error());
      if (*record) bundle_.chains[std::string(k_log)][number++] = std::move(**record);
    }
    return {};
  }

  // The newest heads that the checkpoint covers, and where they tell of the instance and of each ring.
  Result<void> add_heads(int64_t slot) {
    const StoredLog& log = logs_.back();
    const InstancePtr instance = is_running(log) ? log::log_instance(ReaderView(reader_), log.origin) : nullptr;
    if (!instance) return {};
    auto entries = reader_.entries(instance->id);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      const auto head = journal::read_head(*entry);
      const auto facts = parse_json(entry->facts.json);
      if (!head || !facts || head->type != "record_heads") continue;
      auto record = record_of(std::move(*entry));
      if (!record) return tl::make_unexpected(record.error());
      if (!*record) continue;
      bundle_.chains[std::string(k_heads)][0] = std::move(**record);
      add_slots(*sources_.heads.find(reader_, log, facts->at("at_size").get<uint64_t>()), slot);
      return {};
    }
    return {};
  }

  void add_slots(const HeadsTree& heads, int64_t slot) {
    const auto add = [&](const std::string& instance, int64_t its_slot) {
      const auto leaf = static_cast<uint64_t>(its_slot);
      if (leaf < heads.slots()) bundle_.slots[instance] = slot_proof_text({heads.head(leaf), heads.proof(leaf)});
    };
    add(bundle_.instance, slot);
    for (const InstancePtr& ring : rings_) add(ring->id, ring->slot);
  }

  Result<void> add_stamps(std::string_view instance) {
    const StoredLog& log = logs_.back();
    if (!is_running(log)) return {};
    std::vector<uint64_t> indexes;
    for (const journal::Entry& entry : reader_.entries(instance)) {
      if (entry.index >= log.first) indexes.push_back(static_cast<uint64_t>(entry.index - log.first));
    }
    auto stamps = stamps_of(reader_, log, signed_, indexes);
    if (!stamps) return tl::make_unexpected(stamps.error());
    bundle_.stamps = std::move(*stamps);
    return {};
  }

  void add_packs() {
    for (const auto& [number, record] : bundle_.chain(k_entries)) {
      const auto facts = parse_json(record.entry.facts.json);
      if (!facts || !facts->contains("decision")) continue;
      const std::string digest = text_of(facts->at("decision").value("pack", Json::object()), "digest");
      if (const rules::Pack* pack = sources_.packs.by_digest(digest)) bundle_.packs[digest] = canonical(pack->json());
    }
  }

  static std::set<std::string> keys_named(const Records& records) {
    std::set<std::string> out;
    for (const auto& [number, record] : records) {
      const auto facts = parse_json(record.entry.facts.json);
      if (facts && facts->contains("signed")) out.insert(text_of(facts->at("signed"), "kid"));
      if (facts && facts->contains("field")) out.insert(text_of(facts->at("field"), "device"));
    }
    return out;
  }

  Reader& reader_;
  const SignedCheckpoint& signed_;
  const Sources& sources_;
  const Wanted& wanted_;
  const std::vector<StoredLog> logs_;
  Bundle bundle_;
  std::vector<InstancePtr> rings_;
  int64_t oldest_log_ = std::numeric_limits<int64_t>::max();
};

}  // namespace

Result<Bundle> gather(Reader& reader, const Instance& instance, const SignedCheckpoint& signed_log,
                      const Sources& sources, const Wanted& wanted) {
  return Gatherer(reader, signed_log, sources, wanted).gather(instance);
}

}  // namespace sparkgate::evidence
