#include "api/http_connection.h"

#include <cxxabi.h>

#include <cstdio>
#include <typeinfo>

#include "api/problem.h"
#include "engine/base/codes.h"
#include "engine/base/random.h"

namespace sparkgate::api {
namespace {

constexpr size_t k_kept_buffer_bytes = 32 * 1024;  // a connection at rest keeps no more
constexpr size_t k_max_logged_bytes = 300;
constexpr milliseconds k_stream_wait(1'000);  // as long a silent stream does not look whether anybody is there

const SystemClock k_clock;  // sockets wait in real time, whatever clock the engine is given

std::string class_of(const std::exception& e) {
  int status = 0;
  char* name = abi::__cxa_demangle(typeid(e).name(), nullptr, nullptr, &status);
  std::string out = status == 0 ? name : typeid(e).name();
  free(name);
  return out;
}

std::string printable(std::string text) {
  if (text.size() > k_max_logged_bytes) text.resize(k_max_logged_bytes);
  std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return text;
}

// Room for one body that is no small one, where there is any left.
class BodyRoom {
 public:
  BodyRoom(std::atomic<int>& count, int limit) : count_(count), has_room_(++count <= limit) {
    if (!has_room_) --count_;  // at once: who is refused may linger
  }
  BodyRoom(const BodyRoom&) = delete;
  ~BodyRoom() {
    if (has_room_) --count_;
  }
  explicit operator bool() const { return has_room_; }

 private:
  std::atomic<int>& count_;
  const bool has_room_;
};

}  // namespace

Connection::Connection(int socket, std::string peer, const ServerOptions& options, const Handler& handler,
                       const std::atomic<bool>& draining, BodyCounts& bodies)
    : wire_(socket),
      peer_(std::move(peer)),
      options_(options),
      handler_(handler),
      draining_(draining),
      bodies_(bodies) {}

void Connection::run() {
  while (serve_one()) {
  }
}

void Connection::run_refusing(const Refusal& refusal) { refuse_and_close(refusal, "", ""); }

void Connection::cut_if_waiting() {
  if (waiting_) wire_.stop_reading();
}

void Connection::cut() { wire_.stop(); }

bool Connection::serve_one() {
  auto head = read_head();
  if (!head) return refuse_and_close(head.error(), path_of(input_), accept_language_of(input_)), false;
  if (!*head) return false;
  (**head).request.peer = peer_;
  return (**head).body_kind == BodyKind::small ? serve(**head) : serve_large(**head);
}

bool Connection::serve_large(RequestHead& head) {
  const Request& request = head.request;
  if (const auto turned = options_.turn_away ? options_.turn_away(request) : std::nullopt) {
    return answer_and_close(*turned), false;
  }
  auto& count = head.body_kind == BodyKind::streamed ? bodies_.streamed : bodies_.large;
  const BodyRoom room(count, terms_of(head.body_kind).at_once);
  if (!room) return refuse_and_close({Code::too_busy}, request.path, request.header("accept-language")), false;
  return serve(head);
}

bool Connection::serve(RequestHead& head) {
  Request& request = head.request;
  if (const auto body = read_body(head); !body) {
    request.sink.reset();  // before the other end may linger
    return refuse_and_close(body.error(), request.path, request.header("accept-language")), false;
  }
  const Response response = answer(request);
  request.sink.reset();
  const Framing framing{head.keep_alive && !draining_ && !response.stream, head.is_http_1_0};
  if (!send(response, framing, !head.is_head)) return false;
  if (response.stream && !head.is_head) send_stream(*response.stream, request.method);
  if (!framing.keep_alive) wire_.linger(options_.linger_timeout);
  return framing.keep_alive;
}

// Nothing when the connection is over: closed or idle for too long between requests, or the server stops.
Result<std::optional<RequestHead>> Connection::read_head() {
  HeadScanner scanner(options_.limits);
  bool has_begun = !input_.empty();
  milliseconds deadline = k_clock.steady() + (has_begun ? options_.head_timeout : options_.idle_timeout);
  waiting_ = true;  // before draining_ is read: either stop() sees us wait, or we see it
  for (;;) {
    const auto length = scanner.scan(input_);
    if (!length) return tl::make_unexpected(length.error());
    if (*length > 0) {
      waiting_ = false;
      auto head = parse_head(std::string_view(input_).substr(0, *length), options_.limits);
      if (!head) return tl::make_unexpected(head.error());
      input_.erase(0, *length);
      return std::move(*head);
    }
    const auto read = wire_.receive(input_, draining_ ? milliseconds(0) : deadline);  // when stopping, one last look
    if (read != Wire::Read::bytes && (input_.empty() || draining_)) return std::nullopt;
    if (read == Wire::Read::closed) return refuse(Code::bad_request, {{"reason", "CRLF"}});
    if (read == Wire::Read::timed_out) {
      return refuse(Code::request_timeout, {{"seconds", options_.head_timeout.count() / 1000.0}});
    }
    if (!has_begun) deadline = k_clock.steady() + options_.head_timeout;
    has_begun = true;
  }
}

Result<void> Connection::read_body(RequestHead& head) {
  if (head.body_kind == BodyKind::streamed) {
    if (auto found = find_sink(head); !found) return found;
  }
  if (head.expects_continue && input_.size() < head.content_length &&
      !wire_.send("HTTP/1.1 100 Continue\r\n\r\n", "", options_.write_timeout)) {
    return refuse(Code::bad_request, {{"reason", "Expect"}});
  }
  return head.request.sink ? stream_body(head) : gather_body(head);
}

Result<void> Connection::find_sink(RequestHead& head) {
  if (options_.sink_for) {
    auto asked = guarded(head.request, [&] { head.request.sink = options_.sink_for(head.request); });
    if (!asked || head.request.sink) return asked;
  }
  const size_t limit = options_.limits.body_bytes;
  if (head.content_length > limit) return refuse(Code::body_too_large, {{"limit_bytes", limit}});
  return {};
}

Result<void> Connection::stream_body(RequestHead& head) {
  const milliseconds start = k_clock.steady();
  for (size_t received = 0; received < head.content_length;) {
    if (input_.empty()) {
      if (auto more = receive_body(head.body_kind, start, received); !more) return more;
    }
    const auto piece = std::string_view(input_).substr(0, head.content_length - received);
    bool is_wanted = false;
    if (auto given = guarded(head.request, [&] { is_wanted = head.request.sink->take(piece); }); !given) return given;
    if (!is_wanted) {  // what is left of it must not be read as the next request
      head.keep_alive = false;
      return {};
    }
    received += piece.size();
    consume(piece.size());
  }
  return {};
}

Result<void> Connection::gather_body(RequestHead& head) {
  const size_t length = head.content_length;
  const bool is_large = head.body_kind == BodyKind::large;
  const milliseconds start = k_clock.steady();
  if (is_large) input_.reserve(length + Wire::k_read_bytes);  // pages count once they are written to
  while (input_.size() < length) {
    if (auto more = receive_body(head.body_kind, start, input_.size()); !more) return more;
  }
  if (is_large && input_.size() == length) {
    head.request.body = std::move(input_);
    input_.clear();
    return {};
  }
  head.request.body = input_.substr(0, length);
  consume(length);
  return {};
}

// More of a body of which so much has come since `start`.
Result<void> Connection::receive_body(BodyKind kind, milliseconds start, size_t received) {
  const milliseconds time = body_time(kind, received);
  const auto read = wire_.receive(input_, start + time);
  if (read == Wire::Read::closed) return refuse(Code::bad_request, {{"reason", "Content-Length"}});
  if (read == Wire::Read::timed_out) return refuse(Code::request_timeout, {{"seconds", time.count() / 1000.0}});
  return {};
}

// What has come so far buys a body more time, so that a slow line can send it and a stalled one is soon cut.
milliseconds Connection::body_time(BodyKind kind, size_t received) const {
  if (kind == BodyKind::small) return options_.body_timeout;
  const BodyTerms& terms = terms_of(kind);
  const auto bought = milliseconds(received * 1000 / terms.least_bytes_per_second);
  return std::min(options_.body_timeout + bought, terms.longest);
}

const BodyTerms& Connection::terms_of(BodyKind kind) const {
  return kind == BodyKind::streamed ? options_.streamed_bodies : options_.large_bodies;
}

void Connection::consume(size_t bytes) {
  input_.erase(0, bytes);
  if (input_.empty() && input_.capacity() > k_kept_buffer_bytes) input_.shrink_to_fit();
}

// The trace under which it is logged. What is logged names no path, header or body: those can hold secrets.
std::string Connection::note_failure(std::string_view method, std::string cause) {
  SystemRandom random;
  std::string trace = new_code(10, random);
  const std::string line = "internal " + trace + " " + std::string(method) + " " + printable(std::move(cause));
  options_.log ? options_.log(line) : void(fprintf(stderr, "%s\n", line.c_str()));
  return trace;
}

Response Connection::answer(const Request& request) {
  Response response;
  auto answered = guarded(request, [&] { response = handler_(request); });
  if (answered && fit_to_send(response)) return response;
  if (answered) {
    const char* cause = "the handler's answer has an unfit status or header field";
    answered = refuse(Code::internal, {{"trace", note_failure(request.method, cause)}});
  }
  return own_answer(answered.error(), request.path, request.header("accept-language"));
}

// The last net under handlers and sinks.
Result<void> Connection::guarded(const Request& request, const std::function<void()>& work) {
  std::string cause;
  try {
    work();
    return {};
  } catch (const std::exception& e) {
    cause = class_of(e) + ": " + e.what();
  } catch (...) {
    cause = "an exception of unknown type";
  }
  return refuse(Code::internal, {{"trace", note_failure(request.method, cause)}});
}

Response Connection::own_answer(const Refusal& refusal, std::string_view path, std::string_view accept_language) const {
  const Language language = preferred_language(accept_language);
  Response response = problem(refusal, language);
  if (response.status == 503) response.headers.emplace_back("Retry-After", "5");
  return options_.dress ? options_.dress(std::move(response), path, language) : response;
}

void Connection::refuse_and_close(const Refusal& refusal, std::string_view path, std::string_view accept_language) {
  answer_and_close(own_answer(refusal, path, accept_language));
}

void Connection::answer_and_close(const Response& response) {
  waiting_ = false;
  const bool sent = send(response, {.keep_alive = false}, true);
  input_.clear();
  if (sent) wire_.linger(options_.linger_timeout);
}

bool Connection::send(const Response& response, Framing framing, bool with_body) {
  with_body = with_body && has_body(response.status);
  return wire_.send(response_head(response, framing, k_clock.wall()),
                    with_body ? std::string_view(response.body) : std::string_view(), options_.write_timeout);
}

// It ends when it has no more to say, when the server stops, and when the other end is gone or takes too little.
void Connection::send_stream(Stream& stream, std::string_view method) {
  try {
    while (!draining_ && !wire_.is_peer_gone()) {
      const auto piece = stream.next(k_stream_wait);
      if (!piece || !wire_.send(*piece, "", options_.stream_timeout)) return;
    }
  } catch (const std::exception& e) {
    note_failure(method, class_of(e) + ": " + e.what());
  }
}

}  // namespace sparkgate::api
