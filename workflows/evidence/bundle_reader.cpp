// Reading a bundle: each kind of file is known by the shape of its name (bundle.cpp).
#include <algorithm>

#include "engine/base/codes.h"
#include "workflows/evidence/names.h"

namespace sparkgate::evidence {
namespace {

constexpr size_t k_salt_bytes = 32;

std::optional<size_t> number_of(std::string_view digits) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool is_number =
      digits.size() == k_number_digits && std::all_of(digits.begin(), digits.end(), is_digit);
  return is_number ? std::optional(std::stoul(std::string(digits))) : std::nullopt;
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

Taken take_record(Record& record, std::string_view extension, std::string content) {
  journal::Entry& entry = record.entry;
  if (extension == k_json) {
    entry.bytes = std::move(content);
    entry.leaf = journal::leaf_hash(entry.bytes);
    return entry.bytes.size() <= journal::k_max_entry_bytes ? Taken::yes : Taken::malformed;
  }
  if (extension == k_proof) {
    record.proof = std::move(content);
    return Taken::yes;
  }
  auto part = part_of(content);
  if (!part) return Taken::malformed;
  if (extension == k_facts) {
    entry.facts = std::move(*part);
  } else {
    entry.personal_digest = part->digest();
    entry.personal = std::move(*part);
  }
  return Taken::yes;
}

Taken take_stamp(Stamp& stamp, std::string_view extension, std::string content) {
  std::string& place =
      extension == k_response ? stamp.response : extension == k_stamped ? stamp.checkpoint : stamp.consistency;
  place = std::move(content);
  return Taken::yes;
}

Taken take(Bundle& bundle, std::string_view file, std::string content) {
  const Name name = split(file);
  const auto number = number_of(name.base);
  const auto is_any_of = [&](std::initializer_list<std::string_view> known) {
    return number && std::find(known.begin(), known.end(), name.extension) != known.end();
  };
  if (holds_records(name.folder) && is_any_of({k_json, k_facts, k_personal, k_proof})) {
    return take_record(bundle.chains[std::string(name.folder)][*number], name.extension, std::move(content));
  }
  if (name.folder == k_timestamps && is_any_of({k_response, k_stamped, k_consistency})) {
    return take_stamp(bundle.stamps[*number], name.extension, std::move(content));
  }
  std::string* place = file == k_checkpoint                                    ? &bundle.checkpoint
                       : name.folder == k_heads && name.extension == k_slot    ? &bundle.slots[std::string(name.base)]
                       : name.folder == k_packs && name.extension == k_json    ? &bundle.packs[std::string(name.base)]
                                                                               : nullptr;
  if (!place) return Taken::unknown;
  *place = std::move(content);
  return Taken::yes;
}

// Digests of personal parts that are not there; whether they are right shows with the entry's hash.
void take_absent(const Json& absent, Bundle& bundle) {
  for (const auto& [file, value] : absent.items()) {
    const Name name = split(file);
    const auto number = number_of(name.base);
    const auto chain = bundle.chains.find(std::string(name.folder));
    const auto digest = value.is_string() ? from_hex(value.get_ref<const std::string&>()) : std::nullopt;
    if (!number || chain == bundle.chains.end() || !digest || digest->size() != sizeof(Digest)) continue;
    const auto record = chain->second.find(*number);
    if (record == chain->second.end() || record->second.entry.personal) continue;
    std::copy(digest->begin(), digest->end(), record->second.entry.personal_digest.begin());
  }
}

void compare(const Json& told, const Json& found, Verdict& verdict) {
  const auto say = [&](Word word, const std::string& file) { verdict.say(Step::manifest, word, {{"file", file}}); };
  for (const auto& [name, row] : told.items()) {
    if (!found.contains(name)) say(Word::file_missing, name);
  }
  for (const auto& [name, row] : found.items()) {
    const auto same = told.find(name);
    if (same == told.end()) {
      say(Word::file_unlisted, name);
    } else if (*same != row) {
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

Result<Bundle> bundle_of(Files files, Verdict& verdict) {
  const auto manifest = read_manifest(files);
  if (!manifest) return tl::make_unexpected(manifest.error());
  const std::string written = files.find(k_manifest)->second;
  const size_t count = files.size() - 1;
  const auto fails = [&] { return verdict.fails(Step::manifest); };
  Json listed = listing(files);
  compare(manifest->at("files"), listed, verdict);
  Bundle bundle;
  bundle.workflow = text_of(*manifest, "workflow");
  bundle.instance = text_of(*manifest, "instance");
  for (auto& [name, content] : files) {
    const Taken taken = name == k_manifest ? Taken::yes : take(bundle, name, std::move(content));
    if (taken == Taken::yes) continue;
    verdict.say(Step::manifest, taken == Taken::unknown ? Word::file_unknown : Word::file_malformed, {{"file", name}});
  }
  take_absent(manifest->at("absent"), bundle);
  // Every other member, and the writing itself: a manifest says nothing that its files do not.
  if (!fails() && manifest_text(bundle, std::move(listed)) != written) {
    verdict.say(Step::manifest, Word::manifest_differs);
  }
  if (!fails()) verdict.say(Step::manifest, Word::files_match, {{"count", count}});
  return bundle;
}

}  // namespace sparkgate::evidence
