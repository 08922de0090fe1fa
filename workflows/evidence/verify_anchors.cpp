// Steps about others who saw the log: witnesses, and authorities that stamped a checkpoint of it.
#include "certs/timestamp.h"
#include "engine/journal/add_checkpoint.h"
#include "workflows/evidence/case.h"

namespace sparkgate::evidence {
namespace {

// How many of the instance's entries, from its first on, a stamped checkpoint covers.
size_t covered(const Case& c, const journal::Checkpoint& stamped) {
  size_t count = 0;
  for (const Checked& checked : c.chain(k_entries)) {
    const bool is_older = checked.in_log && checked.head->origin != stamped.origin;  // a log that this one continues
    if (!checked.in_log || (!is_older && checked.index >= stamped.size)) break;
    ++count;
  }
  return count;
}

bool leads_here(const Case& c, const Stamp& stamp, const journal::Checkpoint& stamped) {
  if (!c.tree || stamped.origin != c.tree->origin) return false;
  if (stamped == *c.tree) return true;
  const auto way = journal::parse_add_checkpoint(stamp.consistency);
  return way && way->old_size == stamped.size && way->checkpoint == c.bundle.checkpoint &&
         journal::verify_consistency(stamped.size, c.tree->size, stamped.root, c.tree->root, way->proof);
}

void check_timestamp(Case& c, const std::string& file, const Stamp& stamp, Time& earliest, size_t& count) {
  const auto stamped = signed_tree(c, Step::timestamp, file, stamp.checkpoint);
  if (!stamped) return;
  const auto timestamp = verify_timestamp(stamp.response, stamp.checkpoint, c.trust.authorities);
  if (!timestamp) {
    return c.verdict.say(Step::timestamp, Word::timestamp_wrong,
                         {{"file", file}, {"reason", reason_of(timestamp.error())}});
  }
  if (!leads_here(c, stamp, *stamped)) {
    return c.verdict.say(Step::timestamp, Word::timestamp_elsewhere, {{"file", file}});
  }
  const size_t covers = covered(c, *stamped);
  if (covers < count || (covers == count && count > 0 && timestamp->at >= earliest)) return;
  count = covers;
  earliest = timestamp->at;
}

}  // namespace

void check_witnesses(Case& c) {
  if (c.trust.witnesses.empty()) return c.verdict.say(Step::witnesses, Word::witness_keys_absent);
  const auto note = parse_note(c.bundle.checkpoint);
  const auto found = note ? verified_by(*note, c.trust.witnesses) : tl::make_unexpected(note.error());
  if (!found) {
    const std::string name = found.error().details.value("name", "");
    return c.verdict.say(Step::witnesses, Word::signature_wrong, {{"file", k_checkpoint}, {"name", name}});
  }
  std::map<std::string, Time> witnesses;  // one with two keys is one witness
  for (const size_t position : *found) {
    const NoteVerifier& key = c.trust.witnesses[position];
    for (const NoteSignature& signature : note->signatures) {
      if (key.is_of(signature)) witnesses[key.name()] = cosigned_at(signature).value_or(Time{});
    }
  }
  for (const auto& [name, at] : witnesses) {
    c.verdict.say(Step::witnesses, Word::witnessed, {{"name", name}, {"at", format_time(at)}});
  }
  if (witnesses.size() < c.trust.witnesses_needed) {
    c.verdict.say(Step::witnesses, Word::witnesses_too_few,
                  {{"actual", witnesses.size()}, {"needed", c.trust.witnesses_needed}});
  }
}

void check_timestamps(Case& c) {
  if (c.trust.authorities.empty()) return c.verdict.say(Step::timestamp, Word::authority_absent);
  Time earliest{};
  size_t count = 0;
  for (const auto& [number, stamp] : c.bundle.stamps) {
    check_timestamp(c, stamp_file_of(number), stamp, earliest, count);
  }
  if (count == 0) return c.verdict.say(Step::timestamp, Word::timestamp_absent);
  c.verdict.say(Step::timestamp, Word::stamped, {{"count", count}, {"at", format_time(earliest)}});
}

}  // namespace sparkgate::evidence
