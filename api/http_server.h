// The HTTP server: strict about what it reads (http_parser.h), bounded in what it waits for, orderly in how it ends.
#pragma once

#include <cstdint>
#include <optional>

#include "api/http.h"
#include "api/http_parser.h"

namespace sparkgate::api {

/// What bodies may ask for that are read a few at a time.
struct BodyTerms {
  int at_once = 8;                // over all connections; more are answered 503
  size_t least_bytes_per_second;  // once body_timeout is over
  milliseconds longest = hours(2);
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 0;  // 0: any free one
  int max_connections = 1100;  // one thread each; more are answered 503
  int max_connections_per_address = 200;  // loopback excepted: that is a proxy in front, or the machine's own
  HeadLimits limits;
  BodyTerms large_bodies{.least_bytes_per_second = 16 * 1024};
  BodyTerms streamed_bodies{.least_bytes_per_second = 4 * 1024};
  /// Asked with the head of a request whose body is no small one: an answer turns it away before its body is read.
  std::function<std::optional<Response>(const Request& head)> turn_away;
  /// Asked with the head of a request that is streamed, once there is room for it: who takes its body. Null: it is read
  /// into Request::body, if it is a small one.
  std::function<std::shared_ptr<BodySink>(const Request& head)> sink_for;
  /// What the server answers by itself, made into what fits that path ("": it is not known) and language.
  std::function<Response(Response own, std::string_view path, Language language)> dress;
  milliseconds head_timeout{10'000};   // from a request's first byte to its last header byte, however steadily it drips
  milliseconds body_timeout{10'000};   // from there to the body's last byte
  milliseconds write_timeout{30'000};  // for a whole answer
  milliseconds stream_timeout{10'000};  // for one piece of a streamed answer
  milliseconds idle_timeout{15'000};   // between requests
  milliseconds linger_timeout{2'000};  // before closing, so that the other end can read the last answer
  milliseconds drain_timeout{20'000};  // for running requests when the server stops
  std::function<void(const std::string& line)> log;  // nothing of a request but its method; standard error when empty
};

class HttpServer {
 public:
  /// Listens and serves; `handler` is called from many threads at once. An exception from it becomes a 500 `internal`.
  /// Refuses address_in_use (also when another process of ours listens there) and address_unusable.
  static Result<std::unique_ptr<HttpServer>> start(ServerOptions options, Handler handler);

  /// Stops, and waits for whatever still runs.
  ~HttpServer();

  uint16_t port() const;

  /// Accepts nothing more, closes at once every connection that waits for a request, lets running ones finish.
  /// False when a handler still ran after drain_timeout; its connection is cut then.
  bool stop();

 private:
  class Core;
  explicit HttpServer(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace sparkgate::api
