#include "engine/journal/entry.h"

#include "engine/base/codes.h"
#include "engine/journal/chain.h"

namespace sparkgate::journal {
namespace {

constexpr int k_version = 1;
constexpr size_t k_salt_bytes = 32;

Digest payload_hash(const Digest& facts, const Digest& personal) {
  return sha256({bytes_of(facts), bytes_of(personal)});
}

tl::unexpected<Refusal> broken(const Entry& entry, const std::string& zh, const std::string& en) {
  const std::string index = std::to_string(entry.index);
  return refuse(Code::log_broken, {{"reason", bilingual("第 " + index + " 条" + zh, "entry " + index + " " + en)}});
}

Result<void> payload_fits(const Entry& entry, const Json& json) {
  if (entry.personal && entry.personal->digest() != entry.personal_digest) {
    return broken(entry, "的个人信息被改动", "has an altered personal part");
  }
  if (text_of(json, "payload_hash") != hex(payload_hash(entry.facts.digest(), entry.personal_digest))) {
    return broken(entry, "的事实被改动", "has altered facts");
  }
  return {};
}

Result<Head> head_from(const Entry& entry, const Json& json) {
  const auto at = parse_time(text_of(json, "at"));
  const auto seq = json.find("seq"), slot = json.find("slot");
  const bool has_slot = slot != json.end();
  if (!at || seq == json.end() || !seq->is_number_integer() || (has_slot && !slot->is_number_integer())) {
    return broken(entry, "缺少成员", "lacks members");
  }
  Head head;
  head.origin = text_of(json, "origin");
  head.workflow = text_of(json, "workflow");
  head.instance = text_of(json, "instance");
  head.seq = seq->get<int64_t>();
  if (has_slot) head.slot = slot->get<int64_t>();
  head.type = text_of(json, "type");
  head.from = text_of(json, "from");
  head.to = text_of(json, "to");
  head.actor = text_of(json, "actor");
  head.at = *at;
  return head;
}

}  // namespace

Digest leaf_hash(std::string_view bytes) { return sha256({std::string_view("\0", 1), bytes}); }

Entry make_entry(const Head& head, const Json& facts, const Json& personal, Random& random) {
  Entry entry;
  const std::string salts = random.bytes(2 * k_salt_bytes);
  entry.facts = {canonical(facts), salts.substr(0, k_salt_bytes)};
  entry.personal = Part{canonical(personal), salts.substr(k_salt_bytes)};
  entry.personal_digest = entry.personal->digest();
  Json json;  // member by member: a list in braces builds each of them three times
  json["v"] = k_version;
  json["origin"] = head.origin;
  json["workflow"] = head.workflow;
  json["instance"] = head.instance;
  json["seq"] = head.seq;
  json["prev"] = head.prev ? hex(*head.prev) : "";
  json["type"] = head.type;
  json["from"] = head.from;
  json["to"] = head.to;
  json["at"] = format_time(head.at);
  json["actor"] = head.actor;
  json["payload_hash"] = hex(payload_hash(entry.facts.digest(), entry.personal_digest));
  if (head.slot) json["slot"] = *head.slot;
  entry.bytes = canonical(json);
  entry.leaf = leaf_hash(entry.bytes);
  return entry;
}

Result<Head> read_head(const Entry& entry) {
  const auto json = parse_json(entry.bytes);
  if (!json || !json->is_object()) return broken(entry, "不是 JSON 对象", "is no JSON object");
  return head_from(entry, *json);
}

Result<void> verify_payload(const Entry& entry) {
  const auto json = parse_json(entry.bytes);
  if (!json || !json->is_object()) return broken(entry, "不是 JSON 对象", "is no JSON object");
  return payload_fits(entry, *json);
}

Result<Head> Chain::append(const Entry& entry, Parts parts) {
  const auto json = parse_json(entry.bytes);
  if (!json || !json->is_object() || canonical(*json) != entry.bytes) {
    return broken(entry, "不是规范 JSON", "is not canonical JSON");
  }
  if (leaf_hash(entry.bytes) != entry.leaf) return broken(entry, "与其叶哈希不符", "does not have its leaf hash");
  auto head = head_from(entry, *json);
  if (!head) return head;
  if (head->seq != count_) return broken(entry, "次序有误", "is out of order");
  if (text_of(*json, "prev") != prev_) return broken(entry, "未接续前一条", "does not follow the entry before it");
  if (head->from != before_.to) {
    return broken(entry, "未从前一条的状态开始", "does not start where the entry before it ended");
  }
  if (count_ > 0 && (head->instance != before_.instance || head->workflow != before_.workflow)) {
    return broken(entry, "属于另一实例", "belongs to another instance");
  }
  if (count_ > 0 && head->at < before_.at) return broken(entry, "早于前一条", "is earlier than the entry before it");
  if (count_ > 0 && head->origin == before_.origin && entry.index <= last_index_) {
    return broken(entry, "在日志中的次序有误", "is out of order in the log");
  }
  if (parts == Parts::verified) {
    if (auto fits = payload_fits(entry, *json); !fits) return tl::make_unexpected(fits.error());
  }
  prev_ = hex(entry.leaf);
  before_ = *head;
  last_index_ = entry.index;
  ++count_;
  return head;
}

Result<void> verify_links(const std::vector<Entry>& entries) {
  Chain chain;
  for (const Entry& entry : entries) {
    if (auto linked = chain.append(entry); !linked) return tl::make_unexpected(linked.error());
  }
  return {};
}

Result<void> verify_chain(const std::vector<Entry>& entries) {
  if (auto linked = verify_links(entries); !linked) return linked;
  for (const Entry& entry : entries) {
    if (auto fits = verify_payload(entry); !fits) return fits;
  }
  return {};
}

}  // namespace sparkgate::journal
