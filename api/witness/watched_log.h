// What a witness knows of one log: its keys and the latest checkpoint it cosigned, which is on disk before the
// cosignature leaves.
#pragma once

#include <memory>
#include <mutex>
#include <variant>

#include "certs/note.h"
#include "engine/journal/add_checkpoint.h"
#include "engine/journal/checkpoint.h"

namespace sparkgate::api {

class WatchedLog {
 public:
  /// Reads the log's file in `folder`; a log without one has not been cosigned yet. `keys` all bear the log's origin as
  /// their name. Refuses witness_state_invalid.
  static Result<std::unique_ptr<WatchedLog>> open(const std::filesystem::path& folder, std::vector<NoteVerifier> keys);

  /// Whether anything was cosigned with that folder.
  static bool any_in(const std::filesystem::path& folder);

  struct Submission {
    const journal::AddCheckpoint& request;
    const Note& note;                       // of the request
    const journal::Checkpoint& checkpoint;  // of the note
  };
  struct Stale {
    uint64_t size = 0;  // of the latest checkpoint cosigned
  };
  /// The cosignature, or what the witness knows better. Any thread; one after the other. Refuses checkpoint_unsigned,
  /// old_size_beyond, checkpoint_inconsistent, signing_failed and file_unwritable.
  Result<std::variant<NoteSignature, Stale>> cosign(const Submission& submission, const NoteSigner& signer, Time at);

  /// The latest cosigned checkpoint as its file has it, and the one that contradicts it; "" when there is none.
  struct Seen {
    std::string cosigned, forked;
  };
  Seen seen() const;

 private:
  WatchedLog(std::filesystem::path file, std::vector<NoteVerifier> keys)
      : file_(std::move(file)), keys_(std::move(keys)) {}
  Result<void> read();
  Result<Note> signed_by_log(const Submission& submission) const;
  void keep_fork(const Note& note);

  const std::filesystem::path file_;
  const std::vector<NoteVerifier> keys_;
  mutable std::mutex mutex_;
  journal::Checkpoint latest_;  // size 0: none yet
  Seen seen_;
};

}  // namespace sparkgate::api
