#include "workflows/fsck/life.h"

#include "engine/base/codes.h"
#include "engine/log_reader.h"
#include "workflows/keys/ring.h"

namespace sparkgate::fsck {
namespace {

Digest digest_of(std::string_view bytes) {
  Digest out{};
  if (bytes.size() == out.size()) std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

journal::Entry entry_of(const EntryRow& row) {
  journal::Entry out;
  out.index = row.index;
  out.bytes = row.bytes;
  out.leaf = digest_of(row.leaf);
  out.facts = {std::string(row.facts), std::string(row.facts_salt)};
  if (row.personal && row.personal_salt) {
    out.personal = journal::Part{std::string(*row.personal), std::string(*row.personal_salt)};
  }
  out.personal_digest = digest_of(row.personal_digest);
  return out;
}

Json reason_of(const Refusal& refusal) {
  if (refusal.details.contains("reason")) return refusal.details.at("reason");
  const Text title = title_of(refusal);
  return bilingual(title.zh, title.en);
}

}  // namespace

Life::Life(const InstanceRow& row, const Registry& registry, const std::vector<StoredLog>& logs, Learned& learned,
           Report& report)
    : row_(row), workflow_(registry.find(row.workflow)), logs_(logs), learned_(learned), report_(report) {
  if (!workflow_) {
    report.say(Fault::workflow_unknown, {{"instance", row.id}, {"workflow", row.workflow}});
    is_broken_ = true;
  }
}

void Life::entry(const EntryRow& row) {
  ++entries_;
  if (is_broken_) return;
  try {
    auto played = play(row);
    if (played) return;
    const bool is_chain = played.error().code == Code::log_broken;
    report_.say(is_chain ? Fault::chain_broken : Fault::replay_refused,
                {{"instance", row_.id}, {"reason", reason_of(played.error())}});
  } catch (const StoreError&) {
    throw;
  } catch (const std::exception&) {  // facts of another shape than the workflow writes
    report_.say(Fault::replay_refused,
                {{"instance", row_.id},
                 {"reason", bilingual("第 " + std::to_string(row.index) + " 条的事实不是本流程所写",
                                      "the facts of entry " + std::to_string(row.index) +
                                          " are not such as the workflow writes")}});
  }
  is_broken_ = true;
}

Result<void> Life::play(const EntryRow& row) {
  const journal::Entry entry = entry_of(row);
  auto head = chain_.append(entry, journal::Chain::Parts::verified);
  if (!head) return tl::make_unexpected(head.error());
  is_broken_ = !belongs(row, *head);
  auto facts = parse_json(entry.facts.json);
  auto personal = entry.personal ? parse_json(entry.personal->json) : Result<Json>(Json());
  for (const auto* part : {&facts, &personal}) {
    if (!*part) return tl::make_unexpected(part->error());
  }
  const journal::Logged logged{entry.index, std::move(*head), std::move(*facts), std::move(*personal)};
  note_erasure(logged, entry.personal.has_value());
  learn(logged.facts);
  return fold(*workflow_, instance_, logged, entry.leaf);
}

// What the entry says of itself, beside where it stands.
bool Life::belongs(const EntryRow& row, const journal::Head& head) {
  const bool is_first = head.seq == 0;
  const char* amiss = head.instance != row_.id                                          ? "instance"
                      : head.workflow != row_.workflow                                  ? "workflow"
                      : head.seq != row.seq                                             ? "seq"
                      : is_first != head.slot.has_value()                               ? "slot"
                      : is_first && *head.slot != row_.slot                             ? "slot"
                      : logs_.empty() || head.origin != log_of(logs_, row.index).origin ? "origin"
                      : row.personal.has_value() != row.personal_salt.has_value()       ? "personal_salt"
                                                                                        : nullptr;
  if (amiss) report_.say(Fault::entry_of_other_thing, {{"index", row.index}, {"member", amiss}});
  return !amiss;
}

// An erasure takes what was personal of the entries before it, and nothing else does.
void Life::note_erasure(const journal::Logged& logged, bool has_personal) {
  if (logged.facts.is_object() && logged.facts.value("erased", Json()) == true) {
    if (with_personal_ > 0) report_.say(Fault::personal_not_erased, {{"instance", row_.id}});
    with_personal_ = without_personal_ = 0;
  }
  ++(has_personal ? with_personal_ : without_personal_);
}

void Life::learn(const Json& facts) {
  const auto raise = [&](const std::string& name, const Json& value) {
    if (!value.is_number_integer()) return;
    int64_t& highest = learned_.counters[name];
    highest = std::max(highest, value.get<int64_t>());
  };
  const Json none = Json::object();
  const auto part = [&](const char* name) -> const Json& {
    const auto found = facts.find(name);
    return found != facts.end() && found->is_object() ? *found : none;
  };
  const Json& serials = part("serials");
  for (auto it = serials.begin(); it != serials.end(); ++it) raise(it.key(), it.value());
  const Json& signed_by = part("signed");
  const Json counter = signed_by.value("counter", Json());
  if (counter.is_number_integer() && counter.get<int64_t>() > 0)
    raise(keys::counter_of(text_of(signed_by, "kid")), counter);
  const Json& decision = part("decision");
  const auto pack = decision.find("pack");
  if (pack != decision.end() && pack->is_object()) learned_.packs.insert(text_of(*pack, "digest"));
}

std::optional<Instance> Life::end() {
  if (without_personal_ > 0) {
    report_.say(Fault::personal_missing, {{"instance", row_.id}, {"count", without_personal_}});
  }
  if (entries_ == 0) report_.say(Fault::entries_missing, {{"instance", row_.id}});
  if (is_broken_ || entries_ == 0) return std::nullopt;
  return std::move(instance_);
}

}  // namespace sparkgate::fsck
