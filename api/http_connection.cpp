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

// Room for one large body, where there is any left.
class LargeBody {
 public:
  LargeBody(std::atomic<int>& count, int limit) : count_(count), has_room_(++count <= limit) {
    if (!has_room_) --count_;  // at once: who is refused may linger
  }
  LargeBody(const LargeBody&) = delete;
  ~LargeBody() {
    if (has_room_) --count_;
  }
  explicit operator bool() const { return has_room_; }

 private:
  std::atomic<int>& count_;
  const bool has_room_;
};

}  // namespace

Connection::Connection(int socket, std::string peer, const ServerOptions& options, const Handler& handler,
                       const std::atomic<bool>& draining, std::atomic<int>& large_bodies)
    : wire_(socket),
      peer_(std::move(peer)),
      options_(options),
      handler_(handler),
      draining_(draining),
      large_bodies_(large_bodies) {}

void Connection::run() {
  while (serve_one()) {
  }
}

void Connection::run_refusing(const Refusal& refusal) { refuse_and_close(refusal, ""); }

void Connection::cut_if_waiting() {
  if (waiting_) wire_.stop_reading();
}

void Connection::cut() { wire_.stop(); }

bool Connection::serve_one() {
  auto head = read_head();
  if (!head) return refuse_and_close(head.error(), accept_language_of(input_)), false;
  if (!*head) return false;
  Request& request = (**head).request;
  request.peer = peer_;
  if (!(**head).is_large) return serve(**head);
  if (const auto turned = options_.turn_away ? options_.turn_away(request) : std::nullopt) {
    return answer_and_close(*turned), false;
  }
  const LargeBody room(large_bodies_, options_.max_large_bodies);
  if (!room) return refuse_and_close({Code::too_busy}, request.header("accept-language")), false;
  return serve(**head);
}

bool Connection::serve(RequestHead& head) {
  Request& request = head.request;
  if (const auto body = read_body(head); !body) {
    return refuse_and_close(body.error(), request.header("accept-language")), false;
  }
  const Response response = answer(request);
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
  const size_t length = head.content_length;
  if (head.expects_continue && input_.size() < length &&
      !wire_.send("HTTP/1.1 100 Continue\r\n\r\n", "", options_.write_timeout)) {
    return refuse(Code::bad_request, {{"reason", "Expect"}});
  }
  const milliseconds start = k_clock.steady();
  if (head.is_large) input_.reserve(length + Wire::k_read_bytes);  // pages count once they are written to
  while (input_.size() < length) {
    const milliseconds time = body_time(head);
    const auto read = wire_.receive(input_, start + time);
    if (read == Wire::Read::closed) return refuse(Code::bad_request, {{"reason", "Content-Length"}});
    if (read == Wire::Read::timed_out) return refuse(Code::request_timeout, {{"seconds", time.count() / 1000.0}});
  }
  if (head.is_large && input_.size() == length) {
    head.request.body = std::move(input_);
    input_.clear();
    return {};
  }
  head.request.body = input_.substr(0, length);
  input_.erase(0, length);
  if (input_.empty() && input_.capacity() > k_kept_buffer_bytes) input_.shrink_to_fit();
  return {};
}

// What has come so far buys a large body more time, so that a slow line can send it and a stalled one is soon cut.
milliseconds Connection::body_time(const RequestHead& head) const {
  if (!head.is_large) return options_.body_timeout;
  return options_.body_timeout + milliseconds(input_.size() * 1000 / options_.least_bytes_per_second);
}

// The trace under which it is logged. What is logged names no path, header or body: those can hold secrets.
std::string Connection::note_failure(std::string_view method, std::string cause) {
  SystemRandom random;
  std::string trace = new_code(10, random);
  const std::string line = "internal " + trace + " " + std::string(method) + " " + printable(std::move(cause));
  options_.log ? options_.log(line) : void(fprintf(stderr, "%s\n", line.c_str()));
  return trace;
}

// The last net under every handler.
Response Connection::answer(const Request& request) {
  std::string cause;
  try {
    Response response = handler_(request);
    if (fit_to_send(response)) return response;
    cause = "the handler's answer has an unfit status or header field";
  } catch (const std::exception& e) {
    cause = class_of(e) + ": " + e.what();
  } catch (...) {
    cause = "an exception of unknown type";
  }
  const std::string trace = note_failure(request.method, cause);
  return problem({Code::internal, {{"trace", trace}}}, preferred_language(request.header("accept-language")));
}

void Connection::refuse_and_close(const Refusal& refusal, std::string_view accept_language) {
  Response response = problem(refusal, preferred_language(accept_language));
  if (response.status == 503) response.headers.emplace_back("Retry-After", "5");
  answer_and_close(response);
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
