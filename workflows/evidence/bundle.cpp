// The files of a bundle. NNNNNN counts from 000000 in six digits; JSON is canonical (RFC 8785); hashes: SHA-256 in hex.
//
//   bundle    = manifest.json checkpoint chain("entries") [heads] [chain("log")] {keys} {pack} {timestamp}
//   chain(d)  = { d/NNNNNN.json            the entry, byte for byte: leaf = SHA-256(00 ‖ entry)
//                 d/NNNNNN.facts.json      part
//                 d/NNNNNN.personal.json   part; not there when it was erased or is not for whoever asked
//                 d/NNNNNN.proof }         C2SP tlog-proof
//   part      = {"salt": base64 of 32 bytes, "value": …}
//               digest = SHA-256(salt ‖ RFC 8785 of value), payload_hash = SHA-256(digest(facts) ‖ digest(personal))
//   checkpoint= C2SP signed note with all its signatures and cosignatures
//   heads     = chain("heads") of one entry {heads/INSTANCE.slot}: the newest heads entry, and where it tells of the
//               latest entry of the instance and of each ring of keys: {"leaf", "proof": [hash], "seq", "slot"}
//   keys      = chain("keys/INSTANCE"): the ring of keys of one person who acted
//   log       = entries of the log's own workflow by which one log continues another
//   pack      = packs/DIGEST.json: every rule pack that a decision names
//   timestamp = timestamps/NNNNNN.tsr          RFC 3161 response over the next file
//               timestamps/NNNNNN.checkpoint   a signed checkpoint
//               timestamps/NNNNNN.consistency  C2SP tlog-witness: "old M", hashes, empty line, bundle's checkpoint
//   manifest  = {"format": "sparkgate-evidence/1", "workflow", "instance", "origin", "size",
//                "files": {NAME: {"sha256", "size"}}, "absent": {NAME: digest of that personal part}}
//
// The manifest is signed by nobody. It tells damage from deceit: what does not fit it was altered on the way; what fits
// it but not the log was forged.
#include "workflows/evidence/bundle.h"

#include "certs/note.h"
#include "engine/journal/checkpoint.h"
#include "workflows/evidence/names.h"

namespace sparkgate::evidence {
namespace {

std::string part_text(const journal::Part& part) {
  return "{\"salt\":\"" + base64(part.salt) + "\",\"value\":" + part.json + "}";
}

Json absent_parts(const Bundle& bundle) {
  Json out = Json::object();
  for (const auto& [folder, records] : bundle.chains) {
    for (const auto& [number, record] : records) {
      if (record.entry.personal) continue;
      out[stem(folder, number) + std::string(k_personal)] = hex(record.entry.personal_digest);
    }
  }
  return out;
}

void add(Files& files, std::string_view base, std::string_view extension, std::string content) {
  files[std::string(base) + std::string(extension)] = std::move(content);
}

}  // namespace

const Records& Bundle::chain(std::string_view folder) const {
  static const Records k_none;
  const auto found = chains.find(std::string(folder));
  return found == chains.end() ? k_none : found->second;
}

std::string stem(std::string_view folder, size_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < k_number_digits) digits.insert(0, k_number_digits - digits.size(), '0');
  return std::string(folder) + "/" + digits;
}

Json listing(const Files& files) {
  Json out = Json::object();
  for (const auto& [name, content] : files) {
    if (name != k_manifest) out[name] = {{"sha256", hex(sha256(content))}, {"size", content.size()}};
  }
  return out;
}

std::string manifest_text(const Bundle& bundle, Json listed) {
  const auto note = parse_note(bundle.checkpoint);
  const auto parsed = note ? journal::parse_checkpoint(note->text) : tl::make_unexpected(note.error());
  const auto tree = parsed.value_or(journal::Checkpoint{});
  return canonical({{"format", k_format},
                    {"workflow", bundle.workflow},
                    {"instance", bundle.instance},
                    {"origin", tree.origin},
                    {"size", std::to_string(tree.size)},
                    {"files", std::move(listed)},
                    {"absent", absent_parts(bundle)}});
}

std::string file_of(std::string_view folder, size_t number) { return stem(folder, number) + std::string(k_json); }

std::string stamp_file_of(size_t number) { return stem(k_timestamps, number) + std::string(k_response); }

Files files_of(const Bundle& bundle) {
  Files files;
  files.emplace(k_checkpoint, bundle.checkpoint);
  for (const auto& [folder, records] : bundle.chains) {
    for (const auto& [number, record] : records) {
      const std::string base = stem(folder, number);
      add(files, base, k_json, record.entry.bytes);
      add(files, base, k_proof, record.proof);
      if (record.has_facts()) add(files, base, k_facts, part_text(record.entry.facts));
      if (record.entry.personal) add(files, base, k_personal, part_text(*record.entry.personal));
    }
  }
  for (const auto& [instance, proof] : bundle.slots) add(files, std::string(k_heads) + "/" + instance, k_slot, proof);
  for (const auto& [digest, text] : bundle.packs) add(files, std::string(k_packs) + "/" + digest, k_json, text);
  for (const auto& [number, stamp] : bundle.stamps) {
    const std::string base = stem(k_timestamps, number);
    add(files, base, k_response, stamp.response);
    add(files, base, k_stamped, stamp.checkpoint);
    add(files, base, k_consistency, stamp.consistency);
  }
  files.emplace(k_manifest, manifest_text(bundle, listing(files)));
  return files;
}

}  // namespace sparkgate::evidence
