// The files of a bundle. NNNNNN counts from 000000 in six digits; JSON is canonical (RFC 8785); hashes are SHA-256 in hex.
//
//   bundle    = manifest.json checkpoint chain("entries") [heads] [chain("log")] {keys} {pack} {timestamp}
//   chain(d)  = { d/NNNNNN.json            the entry, byte for byte: leaf = SHA-256(00 ‖ entry)
//                 d/NNNNNN.facts.json      part
//                 d/NNNNNN.personal.json   part; not there when it was erased or is not for whoever asked
//                 d/NNNNNN.proof }         C2SP tlog-proof
//   part      = {"salt": base64 of 32 bytes, "value": …}
//               digest = SHA-256(salt ‖ RFC 8785 of value), payload_hash = SHA-256(digest(facts) ‖ digest(personal))
//   checkpoint= C2SP signed note with all its signatures and cosignatures
//   heads     = chain("heads") of one entry {heads/INSTANCE.slot}: the newest heads entry, and where it tells the latest
//               entry of the instance and of each ring of keys
//   keys      = chain("keys/INSTANCE"): the ring of keys of one person who acted
//   log       = entries of the log's own workflow by which one log continues another
//   pack      = packs/DIGEST.json: every rule pack that a decision names
//   timestamp = timestamps/NNNNNN.tsr          RFC 3161 response over the next file
//               timestamps/NNNNNN.checkpoint   a signed checkpoint
//               timestamps/NNNNNN.consistency  "old M", hashes, an empty line, the bundle's checkpoint (C2SP tlog-witness)
//   manifest  = {"format": "sparkgate-evidence/1", "workflow", "instance", "origin", "size",
//                "files": {NAME: {"sha256", "size"}}, "absent": {NAME: {"digest", "why": "erased" | "withheld"}}}
//
// The manifest is signed by nobody. It tells damage from deceit: what does not fit it was altered on the way; what fits
// it but not the log was forged.
#include "workflows/evidence/bundle.h"

#include <algorithm>

#include "certs/note.h"
#include "engine/journal/checkpoint.h"

namespace sparkgate::evidence {
namespace {

constexpr const char* k_format = "sparkgate-evidence/1";
constexpr size_t k_digits = 6;
constexpr size_t k_salt_bytes = 32;
constexpr std::string_view k_facts = ".facts.json", k_personal = ".personal.json", k_proof = ".proof", k_json = ".json",
                           k_slot = ".slot", k_timestamps = "timestamps";

std::string_view name_of(Absent absent) { return absent == Absent::erased ? "erased" : "withheld"; }

std::string stem(std::string_view folder, size_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < k_digits) digits.insert(0, k_digits - digits.size(), '0');
  return std::string(folder) + "/" + digits;
}

std::optional<size_t> number_of(std::string_view digits) {
  const bool is_number = digits.size() == k_digits && std::all_of(digits.begin(), digits.end(), [](unsigned char c) {
    return c >= '0' && c <= '9';
  });
  return is_number ? std::optional(std::stoul(std::string(digits))) : std::nullopt;
}

// -- parts

std::string part_text(const journal::Part& part) {
  return "{\"salt\":\"" + base64(part.salt) + "\",\"value\":" + part.json + "}";
}

std::optional<journal::Part> part_of(std::string_view text) {
  const auto json = parse_json(text, k_max_json_depth + 1);
  if (!json || !json->is_object() || json->size() != 2 || !json->contains("value") || canonical(*json) != text) {
    return std::nullopt;
  }
  auto salt = from_base64(text_of(*json, "salt"));
  if (!salt || salt->size() != k_salt_bytes) return std::nullopt;
  return journal::Part{canonical(json->at("value")), std::move(*salt)};
}

// -- names: each kind of file by the shape of its name

struct Name {
  std::string_view folder, base, extension;  // "keys/0199…", "000003", ".facts.json"
};

Name split(std::string_view name) {
  const size_t slash = name.rfind('/');
  const std::string_view file = slash == name.npos ? name : name.substr(slash + 1);
  const size_t dot = std::min(file.find('.'), file.size());
  return {slash == name.npos ? std::string_view() : name.substr(0, slash), file.substr(0, dot), file.substr(dot)};
}

bool holds_records(std::string_view folder) {
  const bool is_ring = folder.starts_with(k_keys) && folder.find('/', k_keys.size()) == folder.npos;
  return folder == k_entries || folder == k_heads || folder == k_log || is_ring;
}

enum class Taken { yes, malformed, unknown };

Taken take_part(std::optional<journal::Part>& part, const std::string& content) {
  part = part_of(content);
  return part ? Taken::yes : Taken::malformed;
}

Taken take_record(Record& record, std::string_view extension, const std::string& content) {
  if (extension == k_facts) return take_part(record.facts, content);
  if (extension == k_personal) return take_part(record.personal, content);
  (extension == k_json ? record.bytes : record.proof) = content;
  return Taken::yes;
}

Taken take_stamp(Stamp& stamp, std::string_view extension, const std::string& content) {
  (extension == ".tsr" ? stamp.response : extension == ".checkpoint" ? stamp.checkpoint : stamp.consistency) = content;
  return Taken::yes;
}

bool is_one_of(std::string_view extension, std::initializer_list<std::string_view> known) {
  return std::find(known.begin(), known.end(), extension) != known.end();
}

Taken take(Bundle& bundle, std::string_view file, const std::string& content) {
  const Name name = split(file);
  const auto number = number_of(name.base);
  if (file == k_checkpoint) {
    bundle.checkpoint = content;
  } else if (name.folder == k_heads && name.extension == k_slot) {
    bundle.slots[std::string(name.base)] = content;
  } else if (name.folder == "packs" && name.extension == k_json) {
    bundle.packs[std::string(name.base)] = content;
  } else if (number && holds_records(name.folder) &&
             is_one_of(name.extension, {k_json, k_facts, k_personal, k_proof})) {
    return take_record(bundle.chains[std::string(name.folder)][*number], name.extension, content);
  } else if (number && name.folder == k_timestamps && is_one_of(name.extension, {".tsr", ".checkpoint", ".consistency"})) {
    return take_stamp(bundle.stamps[*number], name.extension, content);
  } else {
    return Taken::unknown;
  }
  return Taken::yes;
}

// -- the manifest

Json absent_parts(const Bundle& bundle) {
  Json out = Json::object();
  for (const auto& [folder, records] : bundle.chains) {
    for (const auto& [number, record] : records) {
      if (record.personal) continue;
      out[stem(folder, number) + std::string(k_personal)] = {{"digest", hex(record.personal_digest)},
                                                             {"why", name_of(record.absent)}};
    }
  }
  return out;
}

std::string manifest_text(const Bundle& bundle, const Files& files) {
  Json listed = Json::object();
  for (const auto& [name, content] : files) {
    if (name != k_manifest) listed[name] = {{"sha256", hex(sha256(content))}, {"size", content.size()}};
  }
  const auto note = parse_note(bundle.checkpoint);
  const auto tree = note ? journal::parse_checkpoint(note->text).value_or(journal::Checkpoint{}) : journal::Checkpoint{};
  return canonical({{"format", k_format},
                    {"workflow", bundle.workflow},
                    {"instance", bundle.instance},
                    {"origin", tree.origin},
                    {"size", std::to_string(tree.size)},
                    {"files", std::move(listed)},
                    {"absent", absent_parts(bundle)}});
}

// Digests of personal parts that are not there; whether they are right shows with the entry's hash.
void take_absent(const Json& absent, Bundle& bundle) {
  for (const auto& [file, row] : absent.items()) {
    const Name name = split(file);
    const auto number = number_of(name.base);
    const auto chain = bundle.chains.find(std::string(name.folder));
    const auto digest = row.is_object() ? from_hex(text_of(row, "digest")) : std::nullopt;
    if (!number || chain == bundle.chains.end() || !digest || digest->size() != sizeof(Digest)) continue;
    const auto record = chain->second.find(*number);
    if (record == chain->second.end() || record->second.personal) continue;
    std::copy(digest->begin(), digest->end(), record->second.personal_digest.begin());
    record->second.absent = text_of(row, "why") == name_of(Absent::withheld) ? Absent::withheld : Absent::erased;
  }
}

void compare(const Json& listed, const Files& files, Verdict& verdict) {
  const auto say = [&](Word word, const std::string& file) { verdict.say(Step::manifest, word, {{"file", file}}); };
  for (const auto& [name, row] : listed.items()) {
    if (!files.contains(name)) say(Word::file_missing, name);
  }
  for (const auto& [name, content] : files) {
    if (name == k_manifest) continue;
    const auto row = listed.find(name);
    if (row == listed.end()) {
      say(Word::file_unlisted, name);
    } else if (!row->is_object() || text_of(*row, "sha256") != hex(sha256(content))) {
      say(Word::file_altered, name);
    }
  }
}

Result<Json> read_manifest(const Files& files) {
  const auto file = files.find(k_manifest);
  auto json = file == files.end() ? Result<Json>(Json()) : parse_json(file->second);
  const auto is_object = [&](const char* member) { return json->contains(member) && json->at(member).is_object(); };
  if (!json || !json->is_object() || text_of(*json, "format") != k_format || !is_object("files") ||
      !is_object("absent")) {
    return refuse(Code::bundle_unusable, {{"reason", bilingual("没有本格式的清单 manifest.json",
                                                               "it has no manifest.json of this format")}});
  }
  return json;
}

}  // namespace

const Records& Bundle::chain(std::string_view folder) const {
  static const Records k_none;
  const auto found = chains.find(std::string(folder));
  return found == chains.end() ? k_none : found->second;
}

std::string file_of(std::string_view folder, size_t number) { return stem(folder, number) + std::string(k_json); }

std::string stamp_file_of(size_t number) { return stem(k_timestamps, number) + ".tsr"; }

Files files_of(const Bundle& bundle) {
  Files files;
  files.emplace(k_checkpoint, bundle.checkpoint);
  for (const auto& [folder, records] : bundle.chains) {
    for (const auto& [number, record] : records) {
      const std::string base = stem(folder, number);
      files[base + std::string(k_json)] = record.bytes;
      files[base + std::string(k_proof)] = record.proof;
      if (record.facts) files[base + std::string(k_facts)] = part_text(*record.facts);
      if (record.personal) files[base + std::string(k_personal)] = part_text(*record.personal);
    }
  }
  for (const auto& [instance, proof] : bundle.slots) {
    files[std::string(k_heads) + "/" + instance + std::string(k_slot)] = proof;
  }
  for (const auto& [digest, text] : bundle.packs) files["packs/" + digest + std::string(k_json)] = text;
  for (const auto& [number, stamp] : bundle.stamps) {
    const std::string base = stem(k_timestamps, number);
    files[base + ".tsr"] = stamp.response;
    files[base + ".checkpoint"] = stamp.checkpoint;
    files[base + ".consistency"] = stamp.consistency;
  }
  files.emplace(k_manifest, manifest_text(bundle, files));
  return files;
}

Result<Bundle> bundle_of(const Files& files, Verdict& verdict) {
  const auto manifest = read_manifest(files);
  if (!manifest) return tl::make_unexpected(manifest.error());
  Bundle bundle;
  bundle.workflow = text_of(*manifest, "workflow");
  bundle.instance = text_of(*manifest, "instance");
  compare(manifest->at("files"), files, verdict);
  for (const auto& [name, content] : files) {
    if (name == k_manifest) continue;
    const Taken taken = take(bundle, name, content);
    if (taken == Taken::yes) continue;
    verdict.say(Step::manifest, taken == Taken::unknown ? Word::file_unknown : Word::file_malformed, {{"file", name}});
  }
  take_absent(manifest->at("absent"), bundle);
  for (auto& [folder, records] : bundle.chains) {
    for (auto& [number, record] : records) {
      if (record.personal) record.personal_digest = record.personal->digest();
    }
  }
  // Every other member, and the writing itself: a manifest says nothing that its files do not.
  if (!verdict.fails(Step::manifest) && manifest_text(bundle, files) != files.find(k_manifest)->second) {
    verdict.say(Step::manifest, Word::manifest_differs);
  }
  if (verdict.holds(Step::manifest)) verdict.say(Step::manifest, Word::files_match, {{"count", files.size() - 1}});
  return bundle;
}

}  // namespace sparkgate::evidence
