#include "workflows/keys/history.h"

#include "engine/base/codes.h"
#include "workflows/keys/ring.h"

namespace sparkgate::keys {
namespace {

tl::unexpected<Refusal> broken(const journal::Logged& entry) {
  const std::string index = std::to_string(entry.index);
  return refuse(Code::log_broken, {{"reason", bilingual("第 " + index + " 条不是该密钥环的下一条",
                                                        "entry " + index + " is not the next one of its key ring")}});
}

void note_changes(const journal::Logged& entry, const Instance& ring, std::map<std::string, KeyLife>& lives) {
  for (const auto& [kid, key] : ring.data.at("keys").items()) {
    KeyLife& life = lives[kid];
    if (life.kid.empty()) {
      life.kid = kid;
      life.kind = text_of(key, "kind");
      life.ring = entry.head.instance;
      life.is_root = key.at("root").get<bool>();
      life.enrolled = entry.index;
      if (entry.personal.is_object()) life.person = text_of(entry.personal, "person");
    }
    const std::string state = text_of(key, "state");
    if (state == k_active && !life.active_from) life.active_from = entry.index;
    if (state == k_ended && !life.ended) life.ended = entry.index;
    if (key.at("endorsements").size() > life.endorsed.size()) life.endorsed.push_back(entry.index);
  }
}

// False when the entry does not follow. Throws Json::exception when it lacks what such an entry holds.
bool fold(const journal::Logged& entry, Instance& ring, std::map<std::string, KeyLife>& lives) {
  const bool is_next = entry.head.seq == ring.version && (ring.version == 0 || entry.head.instance == ring.id);
  if (!is_next || entry.head.workflow != k_workflow) return false;
  ring.id = entry.head.instance;
  const Recorded recorded{entry.head.type, entry.head.actor, entry.head.at, entry.facts, entry.personal};
  if (!apply_entry(ring, recorded) || ring.state != entry.head.to) return false;
  ring.version += 1;
  note_changes(entry, ring, lives);
  return true;
}

}  // namespace

Result<std::map<std::string, KeyLife>> replay_ring(const std::vector<journal::Logged>& entries) {
  std::map<std::string, KeyLife> lives;
  Instance ring;
  for (const journal::Logged& entry : entries) {
    try {
      if (!fold(entry, ring, lives)) return broken(entry);
    } catch (const Json::exception&) {  // entries from outside may hold anything
      return broken(entry);
    }
  }
  const Json about = ring.personal->value("keys", Json::object());
  for (const auto& [kid, known] : about.items()) lives[kid].public_key = text_of(known, "public_key");
  return lives;
}

}  // namespace sparkgate::keys
