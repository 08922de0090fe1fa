#include "api/out/timestamp_link.h"

#include "certs/timestamp.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr milliseconds k_every = hours(1), k_first_retry = minutes(1), k_longest_pause = minutes(15);
constexpr milliseconds k_deadline = seconds(15);

}  // namespace

TimestampLink::TimestampLink(std::string url, std::string ca_pem)
    : url_(std::move(url)), ca_pem_(std::move(ca_pem)), pace_(k_every, k_first_retry, k_longest_pause) {}

bool TimestampLink::is_due(const SignedCheckpoint& latest, milliseconds now) const {
  const bool is_new = latest.checkpoint.origin != origin_ || latest.checkpoint.size != size_;
  return latest.checkpoint.size > 0 && is_new && pace_.is_due(now);
}

// The hour since the last timestamp goes on over a restart.
void TimestampLink::begin_log(const std::string& origin, AnchorStore& store, const Clock& clock) {
  if (origin == origin_) return;
  const auto last = store.last(k_timestamp, url_);
  const bool has_last = last && *last;
  size_ = has_last ? (*last)->size : 0;
  at_ = has_last ? std::optional((*last)->anchors.front().at) : std::nullopt;
  origin_ = origin;
  if (at_) pace_.wait_until(clock.steady() + std::min<milliseconds>(*at_ + k_every - clock.wall(), k_every));
}

void TimestampLink::visit(const SignedCheckpoint& latest, const Post& post, AnchorStore& store, const Clock& clock,
                          Random& random) {
  const bool is_new_log = latest.checkpoint.origin != origin_;
  begin_log(latest.checkpoint.origin, store, clock);
  if (is_new_log && !is_due(latest, clock.steady())) return;
  const auto stamped = stamp(latest, post, store, random);
  failure_ = stamped ? std::nullopt : std::optional(stamped.error());
  stamped ? pace_.succeeded(clock.steady()) : pace_.failed(clock.steady());
}

Result<void> TimestampLink::stamp(const SignedCheckpoint& latest, const Post& post, AnchorStore& store,
                                  Random& random) {
  const auto note = store.keep(latest);
  if (!note) return tl::make_unexpected(note.error());
  const std::string request = timestamp_request(*note, random);
  const auto answer = post({url_, "application/timestamp-query", request, k_deadline, k_max_timestamp_bytes});
  if (!answer) return tl::make_unexpected(answer.error());
  if (answer->status != 200) {
    return refuse(Code::peer_refused, {{"url", host_of(url_)}, {"status", answer->status}});
  }
  const auto stamp = verify_timestamp(answer->body, *note, ca_pem_, request);
  if (!stamp) return tl::make_unexpected(stamp.error());
  const Anchor anchor{std::string(k_timestamp), url_, answer->body, stamp->at};
  if (auto kept = store.keep(latest, anchor); !kept) return kept;
  size_ = latest.checkpoint.size;
  at_ = stamp->at;
  return {};
}

AnchorView TimestampLink::view() const {
  AnchorView view{host_of(url_), "", size_, at_, size_ > 0 ? AnchorState::ok : AnchorState::waiting, ""};
  if (failure_) {
    view.state = failure_->code == Code::peer_unreachable ? AnchorState::unreachable : AnchorState::refused;
    view.code = refusal_row(failure_->code).name;
  }
  return view;
}

}  // namespace sparkgate::api
