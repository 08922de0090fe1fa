// The standing with one timestamp authority (RFC 3161): what it has stamped, and when to ask it again.
#pragma once

#include "api/out/anchor_state.h"
#include "api/out/anchor_store.h"
#include "api/out/http_client.h"

namespace sparkgate::api {

/// Of one thread.
class TimestampLink {
 public:
  /// `ca_pem`: the certificates that the authority's answers are judged by.
  TimestampLink(std::string url, std::string ca_pem);

  /// An hour has passed since the last timestamp and the log has grown.
  bool is_due(const SignedCheckpoint& latest, milliseconds now) const;
  /// Has the checkpoint's note stamped, verifies the answer and keeps it.
  void visit(const SignedCheckpoint& latest, const Post& post, AnchorStore& store, const Clock& clock, Random& random);
  /// Due now, whatever the hour.
  void hurry() { pace_.wait_until(milliseconds::min()); }
  AnchorView view() const;

 private:
  void begin_log(const std::string& origin, AnchorStore& store, const Clock& clock);
  Result<void> stamp(const SignedCheckpoint& latest, const Post& post, AnchorStore& store, Random& random);

  const std::string url_, ca_pem_;
  Pace pace_;
  std::string origin_;  // of the log that the rest is about
  uint64_t size_ = 0;
  std::optional<Time> at_;
  std::optional<Refusal> failure_;
};

}  // namespace sparkgate::api
