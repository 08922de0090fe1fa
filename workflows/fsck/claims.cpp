#include "workflows/fsck/claims.h"

#include <algorithm>

#include "engine/journal/checkpoint.h"
#include "workflows/log/workflow.h"

namespace sparkgate::fsck {
namespace {

// Those that were given, or those that the log itself tells of, with the ones that signed it before.
std::vector<NoteVerifier> keys_of(const StoredLog& log, Reader& reader, const Options& options) {
  std::vector<NoteVerifier> out;
  for (const NoteVerifier& key : options.keys) {
    if (key.name() == log.origin) out.push_back(key);
  }
  if (!options.keys.empty()) return out;
  const auto signers = log::signers_of(ReaderView(reader), log.origin);
  for (const auto* vkeys : {&signers.in_force, &signers.retired}) {
    for (const std::string& vkey : *vkeys) {
      auto key = NoteVerifier::parse(vkey);
      if (key) out.push_back(std::move(*key));
    }
  }
  return out;
}

class Notes {
 public:
  Notes(const StoredLog& log, std::vector<NoteVerifier> keys, Report& report)
      : log_(log), keys_(std::move(keys)), report_(report) {}

  // Nothing where the note is no checkpoint of this log. A wrong signature is said, and what it signs compared all the
  // same.
  std::optional<Claim> read(const std::string& bytes, const Json& what) {
    const auto note = parse_note(bytes);
    const auto checkpoint = journal::parse_checkpoint(note ? std::string_view(note->text) : "");
    if (!checkpoint || checkpoint->origin != log_.origin) {
      report_.say(Fault::checkpoint_malformed, {{"what", what}, {"origin", log_.origin}});
      return std::nullopt;
    }
    verify(*note, what);
    return Claim{checkpoint->size, checkpoint->root, what};
  }

 private:
  void verify(const Note& note, const Json& what) {
    if (keys_.empty()) {
      if (!std::exchange(is_unknown_said_, true)) report_.say(Fault::key_unknown, {{"origin", log_.origin}});
      return;
    }
    const auto by = verified_by(note, keys_);
    if (!by || by->empty()) report_.say(Fault::checkpoint_unverified, {{"what", what}});
  }

  const StoredLog& log_;
  const std::vector<NoteVerifier> keys_;
  Report& report_;
  bool is_unknown_said_ = false;
};

Json named(const std::string& zh, const std::string& en, const StoredLog& log) {
  return bilingual("日志 " + log.origin + " " + zh, en + " " + log.origin);
}

}  // namespace

std::vector<Claim> claims_of(const StoredLog& log, Scan& scan, const Options& options,
                             const std::optional<journal::Mark>& mark, Report& report) {
  std::vector<Claim> out = {{log.size, log.root, named("的登记", "The row of", log)}};
  Notes notes(log, keys_of(log, scan.reader(), options), report);
  const auto add = [&](std::optional<Claim> claim) {
    if (claim) out.push_back(std::move(*claim));
  };
  if (!log.checkpoint.empty()) add(notes.read(log.checkpoint, named("最近的检查点", "The last checkpoint of", log)));
  for (const auto& [size, note] : scan.checkpoints(log.number)) {
    const std::string at = std::to_string(size);
    auto claim = notes.read(note, named(at + " 条时的检查点", "The checkpoint at " + at + " of", log));
    if (claim && claim->size != size)
      report.say(Fault::checkpoint_malformed, {{"what", claim->what}, {"origin", log.origin}});
    add(std::move(claim));
  }
  if (mark && mark->origin == sha256(log.origin))
    out.push_back({mark->size, mark->root, named("的水位标记", "The mark of", log)});
  std::erase_if(out, [&](const Claim& claim) {
    if (claim.size <= log.size) return false;
    report.say(Fault::log_behind_mark, {{"origin", log.origin}, {"actual", log.size}, {"needed", claim.size}});
    return true;
  });
  std::stable_sort(out.begin(), out.end(), [](const Claim& a, const Claim& b) { return a.size < b.size; });
  return out;
}

std::optional<journal::Mark> read_mark(const Options& options, const std::vector<StoredLog>& logs, Report& report) {
  const Json details = {{"path", options.high_water.string()}};
  const bool is_signed =
      std::any_of(logs.begin(), logs.end(), [](const StoredLog& log) { return !log.checkpoint.empty(); });
  std::error_code error;
  if (!std::filesystem::exists(options.high_water, error)) {
    if (is_signed) report.say(Fault::mark_missing, details);
    return std::nullopt;
  }
  const auto file = journal::HighWater::open(options.high_water);
  if (!file || (!file->mark() && is_signed)) {
    report.say(Fault::mark_missing, details);
    return std::nullopt;
  }
  if (file->is_torn()) report.say(Fault::mark_torn, details);
  const auto& mark = file->mark();
  const bool is_known = !mark || std::any_of(logs.begin(), logs.end(),
                                             [&](const StoredLog& log) { return sha256(log.origin) == mark->origin; });
  if (!is_known) report.say(Fault::mark_of_another_log, details);
  return mark;
}

}  // namespace sparkgate::fsck
