// The stream's grammar is HTML's (9.2, server-sent events). An event's `id` is the index of an entry: whoever sends the
// last one back as Last-Event-ID misses nothing. Messages have none, and stand before the entry that causes them.
#include "api/live/live_stream.h"

#include <charconv>

#include "api/notices.h"
#include "api/query.h"
#include "api/reading.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr size_t k_most_a_piece = 256;    // entries looked at before what was found of them is sent
constexpr int64_t k_most_missed = 2'000;  // entries that a listener can catch up with
constexpr int k_most_missed_notices = 200;
constexpr milliseconds k_silence(15'000);  // then a comment shows that the connection lives
constexpr std::string_view k_retry = "retry: 2000\n\n";

// One entry as it is told.
struct Told {
  int64_t index;
  std::string event, instance, state;
  int64_t version;
  Time at;
};

std::string event_text(std::string_view event, std::optional<int64_t> id, const Json& data) {
  std::string out("event: ");
  out.append(event);
  if (id) out.append("\nid: ").append(std::to_string(*id));
  return out.append("\ndata: ").append(data.dump()).append("\n\n");
}

std::string marker(std::string_view event, int64_t index) { return event_text(event, index, {{"index", index}}); }

class LiveStream final : public Stream {
 public:
  LiveStream(Service& service, CallerPtr caller, Seats::Seat seat, Language language, std::optional<int64_t> last)
      : service_(service),
        caller_(std::move(caller)),
        seat_(std::move(seat)),
        language_(language),
        seen_(last.value_or(service.broadcast.newest())),
        said_at_(service.engine.clock().steady()) {}

  std::optional<std::string> next(milliseconds wait) override;

 private:
  bool may_listen();
  std::string begin();
  std::string say(const std::vector<TransitionPtr>& news);
  std::string catch_up();
  std::string tell(const Told& told, const Instance& instance, const View& view) const;

  Service& service_;
  CallerPtr caller_;
  const Seats::Seat seat_;
  const Language language_;
  int64_t seen_;          // the newest entry that was looked at
  milliseconds said_at_;  // steady
  bool has_begun_ = false;
};

// Grants may have changed; the session may have ended.
bool LiveStream::may_listen() {
  if (service_.draining) return false;
  auto caller = service_.sessions.find(caller_->session.token_hash);
  if (caller) caller_ = std::move(*caller);
  return caller.has_value();
}

std::optional<std::string> LiveStream::next(milliseconds wait) {
  if (!may_listen()) return std::nullopt;
  std::string out;
  if (!has_begun_) {
    out = begin();
  } else if (const auto news = service_.broadcast.after(seen_, wait, k_most_a_piece)) {
    out = say(*news);
  } else {
    out = catch_up();
  }
  const milliseconds now = service_.engine.clock().steady();
  if (out.empty() && now - said_at_ >= k_silence) out = ":\nid: " + std::to_string(seen_) + "\n\n";
  if (!out.empty()) said_at_ = now;
  return out;
}

std::string LiveStream::begin() {
  has_begun_ = true;
  return std::string(k_retry) + marker("ready", seen_);
}

std::string LiveStream::tell(const Told& told, const Instance& instance, const View& view) const {
  const Workflow* workflow = service_.engine.registry().find(instance.workflow);
  if (!workflow || !workflow->readable(instance, caller_->actor, view)) return "";
  return event_text("transition", told.index,
                    {{"instance", told.instance},
                     {"workflow", instance.workflow},
                     {"collection", workflow->description().collection},
                     {"event", told.event},
                     {"state", told.state},
                     {"version", told.version},
                     {"index", told.index},
                     {"at", format_time(told.at)}});
}

std::string LiveStream::say(const std::vector<TransitionPtr>& news) {
  std::string out;
  if (news.empty()) return out;
  auto reader = service_.engine.read();
  const RequestView view(*reader);
  for (const TransitionPtr& transition : news) {
    const Instance& instance = *transition->instance;
    for (const StoredNotice& stored : transition->notices) {
      if (!is_told(caller_->actor, stored.notice)) continue;
      out += event_text("notice", std::nullopt, notice_json(stored, language_));
    }
    out += tell({transition->entry, transition->event, instance.id, instance.state, instance.version, instance.at},
                instance, view);
    seen_ = transition->entry;
  }
  return out;
}

// From the store: what the broadcast does not keep any more. Who has missed too much, or knows of entries that are not
// there, starts anew.
std::string LiveStream::catch_up() {
  const int64_t newest = service_.broadcast.newest();
  const int64_t from = seen_ + 1;
  seen_ = newest;
  if (from > newest + 1 || newest - from >= k_most_missed) return marker("reset", newest);
  auto reader = service_.engine.read();
  const RequestView view(*reader);
  const auto notices = reader->notices(caller_->actor, INT64_MAX, k_most_missed_notices);
  if (notices.size() == k_most_missed_notices && notices.back().entry >= from) return marker("reset", newest);
  std::string out;
  auto notice = std::find_if(notices.rbegin(), notices.rend(), [&](const auto& n) { return n.entry >= from; });
  journal::Entry entry;
  entry.index = from;
  for (std::string& bytes : reader->entry_bytes(from, newest + 1)) {
    entry.bytes = std::move(bytes);
    const auto head = journal::read_head(entry);
    for (; notice != notices.rend() && notice->entry <= entry.index; ++notice) {
      out += event_text("notice", std::nullopt, notice_json(*notice, language_));
    }
    const InstancePtr instance = head ? view.find(head->instance) : nullptr;
    if (instance) {
      out += tell({entry.index, head->type, head->instance, head->to, head->seq + 1, head->at}, *instance, view);
    }
    ++entry.index;
  }
  return out;
}

Result<std::optional<int64_t>> last_event_of(const Request& request) {
  const std::string_view given = request.header("last-event-id");
  if (given.empty()) return std::nullopt;
  int64_t index = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), index);
  if (error == std::errc() && end == given.data() + given.size() && index >= -1) return index;
  return refuse_parameter("Last-Event-ID", "不是本事件流的编号", "it is no id of this stream");
}

}  // namespace

Result<Response> stream_events(const Call& call) {
  const auto query = Query::of(call.request, {"language"});
  if (!query) return tl::make_unexpected(query.error());
  const std::string wanted = query->text("language");
  const auto last = last_event_of(call.request);
  if (!last) return tl::make_unexpected(last.error());
  auto seat = call.service.seats.take(call.caller->session.token_hash);
  if (!seat) return tl::make_unexpected(seat.error());
  const Language language = wanted.empty() ? call.language : preferred_language(wanted);
  Response response;
  response.content_type = "text/event-stream";
  response.headers.emplace_back("X-Accel-Buffering", "no");  // a proxy in front passes each piece on
  response.stream = std::make_shared<LiveStream>(call.service, call.caller, std::move(*seat), language, *last);
  return response;
}

}  // namespace sparkgate::api
