// A request and a response as plain values, and the server that carries them. Only http_server.cpp knows Poco.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/refusal.h"
#include "engine/base/time.h"

namespace sparkgate::api {

/// Who takes a body piece by piece, as it comes. When the body breaks off, nothing is heard of it but the end of its
/// sink, whose destructor cleans up.
class BodySink {
 public:
  virtual ~BodySink() = default;
  /// At most 16 KiB, on the connection's own thread. False: the rest is not wanted, and the request is answered now.
  virtual bool take(std::string_view bytes) = 0;
};

struct Request {
  std::string method;                               // HEAD arrives as GET: the server leaves out the body
  std::string path;                                 // percent-decoded, without the query
  std::multimap<std::string, std::string> query;    // percent-decoded
  std::map<std::string, std::string> headers;       // names in lower case; repeated fields joined by ", "
  std::string body;
  std::string peer;                                 // address of the other end, without the port
  std::shared_ptr<BodySink> sink = {};              // has taken the body, or has refused it; `body` is empty then
  std::string_view header(std::string_view name) const;  // "" when absent
};

/// An answer that is said piece by piece, on the connection's own thread, for as long as there is something to say.
class Stream {
 public:
  virtual ~Stream() = default;
  /// The next piece; "" when none came within `wait`; nothing at the end.
  virtual std::optional<std::string> next(milliseconds wait) = 0;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<Stream> stream = {};    // follows the head instead of `body`, and ends the connection
  std::shared_ptr<const void> room = {};  // given back once the answer is sent: it bounds what large ones take at once
};

using Handler = std::function<Response(const Request&)>;

}  // namespace sparkgate::api
