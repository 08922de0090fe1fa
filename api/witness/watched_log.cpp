// cosigned = the checkpoint as a note: its text, the signatures of the log's known keys, the witness's own
// forked   = a note of the same size with another root: both together prove that the log signed two histories
#include "api/witness/watched_log.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "engine/base/codes.h"
#include "engine/store/durable_file.h"

namespace sparkgate::api {
namespace {

constexpr const char* k_cosigned = ".checkpoint";
constexpr const char* k_forked = ".forked";

// An origin may hold whatever a name may: its file is named by its digest.
std::filesystem::path file_of(const std::filesystem::path& folder, std::string_view origin) {
  return folder / hex(sha256(origin)).substr(0, 32);
}

std::filesystem::path with(std::filesystem::path file, const char* suffix) { return file += suffix; }

// Nothing when there is no such file.
std::optional<std::string> content_of(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return out.str();
}

}  // namespace

Result<std::unique_ptr<WatchedLog>> WatchedLog::open(const std::filesystem::path& folder,
                                                     std::vector<NoteVerifier> keys) {
  const auto file = file_of(folder, keys.front().name());
  std::unique_ptr<WatchedLog> log(new WatchedLog(file, std::move(keys)));
  if (auto read = log->read(); !read) return tl::make_unexpected(read.error());
  return log;
}

bool WatchedLog::any_in(const std::filesystem::path& folder) {
  std::error_code absent;
  for (const auto& file : std::filesystem::directory_iterator(folder, absent)) {
    if (file.path().extension() == k_cosigned) return true;
  }
  return false;
}

// Keys may have changed since, the log's and the witness's own: what counts is size and root.
Result<void> WatchedLog::read() {
  const auto path = with(file_, k_cosigned);
  seen_.forked = content_of(with(file_, k_forked)).value_or("");
  const auto content = content_of(path);
  if (!content) return {};
  const auto note = parse_note(*content);
  const auto checkpoint = note ? journal::parse_checkpoint(note->text) : tl::make_unexpected(note.error());
  if (!checkpoint) {
    return refuse(Code::witness_state_invalid,
                  {{"path", path.string()}, {"reason", checkpoint.error().details.value("reason", Json())}});
  }
  if (checkpoint->origin != keys_.front().name()) {
    return refuse(Code::witness_state_invalid,
                  {{"path", path.string()}, {"reason", bilingual("属于另一日志", "it is another log's")}});
  }
  latest_ = *checkpoint;
  seen_.cosigned = *content;
  return {};
}

WatchedLog::Seen WatchedLog::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

// The note without the signatures that nobody here can check.
Result<Note> WatchedLog::signed_by_log(const Submission& submission) const {
  const auto unsigned_by_log = [&] {
    return refuse(Code::checkpoint_unsigned, {{"origin", submission.checkpoint.origin}});
  };
  const auto known = verified_by(submission.note, keys_);
  if (!known || known->empty()) return unsigned_by_log();
  Note out{submission.note.text, {}};
  for (const NoteSignature& signature : submission.note.signatures) {
    const auto is_known = [&](size_t key) { return keys_[key].is_of(signature); };
    if (std::any_of(known->begin(), known->end(), is_known)) out.signatures.push_back(signature);
  }
  return out;
}

void WatchedLog::keep_fork(const Note& note) {
  if (replace_durably(with(file_, k_forked), note.str())) seen_.forked = note.str();
}

Result<std::variant<NoteSignature, WatchedLog::Stale>> WatchedLog::cosign(const Submission& submission,
                                                                          const NoteSigner& signer, Time at) {
  auto note = signed_by_log(submission);
  if (!note) return tl::make_unexpected(note.error());
  const uint64_t old = submission.request.old_size, size = submission.checkpoint.size;
  const Digest& root = submission.checkpoint.root;
  if (old > size) return refuse(Code::old_size_beyond, {{"old", old}, {"size", size}});

  const std::lock_guard lock(mutex_);
  const bool is_fork = size > 0 && size == latest_.size && root != latest_.root;
  if (is_fork) keep_fork(*note);
  if (is_fork || old != latest_.size) return Stale{latest_.size};
  const journal::Proof& proof = submission.request.proof;
  const bool is_consistent = old > 0    ? journal::verify_consistency(old, size, latest_.root, root, proof)
                             : size > 0 ? proof.empty()
                                        : proof.empty() && root == sha256("");
  if (!is_consistent) return refuse(Code::checkpoint_inconsistent, {{"old", old}, {"size", size}});
  auto cosignature = signer.sign(note->text, at);
  if (!cosignature) return tl::make_unexpected(cosignature.error());
  if (size > latest_.size) {
    note->signatures.push_back(*cosignature);
    if (auto kept = replace_durably(with(file_, k_cosigned), note->str()); !kept) {
      return tl::make_unexpected(kept.error());
    }
    latest_ = submission.checkpoint;
    seen_.cosigned = note->str();
  }
  return *cosignature;
}

}  // namespace sparkgate::api
