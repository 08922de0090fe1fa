// A request and a response as plain values, and the server that carries them. Only http_server.cpp knows Poco.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/refusal.h"
#include "engine/base/time.h"

namespace sparkgate::api {

struct Request {
  std::string method;                               // HEAD arrives as GET: the server leaves out the body
  std::string path;                                 // percent-decoded, without the query
  std::multimap<std::string, std::string> query;    // percent-decoded
  std::map<std::string, std::string> headers;       // names in lower case; repeated fields joined by ", "
  std::string body;
  std::string peer;                                 // address of the other end, without the port
  std::string_view header(std::string_view name) const;  // "" when absent
};

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<const void> room = {};  // given back once the answer is sent: it bounds what large ones take at once
};

using Handler = std::function<Response(const Request&)>;

}  // namespace sparkgate::api
