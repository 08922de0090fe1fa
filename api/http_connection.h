// One connection from its first request to its close, on a plain socket that somebody else opens and closes.
#pragma once

#include <atomic>

#include "api/http_response.h"
#include "api/http_server.h"
#include "api/http_wire.h"

namespace sparkgate::api {

/// How many bodies that are no small ones the server reads now.
struct BodyCounts {
  std::atomic<int> large = 0;
  std::atomic<int> streamed = 0;
};

class Connection {
 public:
  /// All that is referred to outlives the connection.
  Connection(int socket, std::string peer, const ServerOptions& options, const Handler& handler,
             const std::atomic<bool>& draining, BodyCounts& bodies);

  /// Answers requests in their order, until one end is done.
  void run();

  /// Answers one refusal without reading a request.
  void run_refusing(const Refusal& refusal);

  /// Ends it at once when it waits for a request's head. Any thread.
  void cut_if_waiting();

  /// Ends it whatever it does; only a running handler is waited for. Any thread.
  void cut();

 private:
  bool serve_one();
  Result<std::optional<RequestHead>> read_head();
  bool serve_large(RequestHead& head);
  bool serve(RequestHead& head);
  Result<void> read_body(RequestHead& head);
  Result<void> find_sink(RequestHead& head);
  Result<void> stream_body(RequestHead& head);
  Result<void> gather_body(RequestHead& head);
  Result<void> receive_body(BodyKind kind, milliseconds start, size_t received);
  milliseconds body_time(BodyKind kind, size_t received) const;
  const BodyTerms& terms_of(BodyKind kind) const;
  void consume(size_t bytes);
  Response answer(const Request& request);
  Result<void> guarded(const Request& request, const std::function<void()>& work);
  std::string note_failure(std::string_view method, std::string cause);
  bool send(const Response& response, Framing framing, bool with_body);
  void send_stream(Stream& stream, std::string_view method);
  Response own_answer(const Refusal& refusal, std::string_view path, std::string_view accept_language) const;
  void refuse_and_close(const Refusal& refusal, std::string_view path, std::string_view accept_language);
  void answer_and_close(const Response& response);

  const Wire wire_;
  const std::string peer_;
  const ServerOptions& options_;
  const Handler& handler_;
  const std::atomic<bool>& draining_;
  BodyCounts& bodies_;
  std::atomic<bool> waiting_ = false;
  std::string input_;  // received, not yet consumed
};

}  // namespace sparkgate::api
