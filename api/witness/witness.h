// A witness (C2SP tlog-witness): cosigns each checkpoint of the logs it knows that grew out of the one before, and no
// other, so that no log can show one history here and another there.
#pragma once

#include <map>

#include "api/http.h"
#include "api/witness/watched_log.h"
#include "engine/store/folder_lock.h"

namespace sparkgate::api {

class Witness {
 public:
  struct Options {
    std::filesystem::path data;      // holds what was cosigned; made when absent
    std::vector<NoteVerifier> logs;  // several of one name: keys of one log
    std::function<void(const std::string& line)> log = [](const std::string&) {};
  };
  /// `signer` makes cosignatures. Refuses data_in_use, file_unreadable and witness_state_invalid.
  static Result<std::unique_ptr<Witness>> open(Options options, NoteSigner signer, const Clock& clock);

  /// POST /add-checkpoint: as the protocol says. GET /: the witness's key and what it has seen, as text.
  /// Any thread. Refusals are problem documents with the protocol's status.
  Response handle(const Request& request);

  /// A request is a few kilobytes; what is larger is nobody's checkpoint.
  static constexpr size_t k_max_request_bytes = 64 << 10;

 private:
  Witness(Options options, FolderLock lock, NoteSigner signer, const Clock& clock)
      : options_(std::move(options)), lock_(std::move(lock)), signer_(std::move(signer)), clock_(clock) {}
  Result<Response> ask(const Request& request);
  Result<Response> add_checkpoint(const Request& request);
  Result<Response> tell(const Request& request);

  const Options options_;
  const FolderLock lock_;
  const NoteSigner signer_;
  const Clock& clock_;
  std::map<std::string, std::unique_ptr<WatchedLog>, std::less<>> logs_;  // by origin
};

}  // namespace sparkgate::api
