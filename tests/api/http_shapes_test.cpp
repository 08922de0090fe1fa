// What a connection may look like, byte for byte, and what must come of it. A hidden "/second" request never runs.
#include <gtest/gtest.h>

#include <atomic>
#include <sstream>

#include "api/http_server.h"
#include "engine/base/json.h"
#include "tests/support/raw_http.h"

namespace sparkgate::api {
namespace {

struct Shape {
  std::string name;
  std::string bytes;
  std::string answers;  // the statuses that come back, in order
  bool closes;
  int calls;  // of the handler
};

const std::string k_get = "GET / HTTP/1.1\r\n", k_post = "POST / HTTP/1.1\r\n", k_host = "Host: x\r\n", k_end = "\r\n";
const std::string k_second = "GET /second HTTP/1.1\r\nHost: x\r\n\r\n";

std::string get(const std::string& fields) { return k_get + k_host + fields + k_end; }
std::string post(const std::string& fields, const std::string& body) { return k_post + k_host + fields + k_end + body; }
std::string target(const std::string& target) { return "GET " + target + " HTTP/1.1\r\n" + k_host + k_end; }
std::string line(const std::string& line) { return line + "\r\n" + k_host + k_end; }
std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

// clang-format off
const std::vector<Shape> k_shapes = {
    // name                              bytes                                                            answers    closes calls
    {"plain GET",                        get(""),                                                         "200",     false, 1},
    {"GET with a body",                  get("Content-Length: 3\r\n") + "abc",                            "200",     false, 1},
    {"POST with a body",                 post("Content-Length: 3\r\n", "abc"),                            "200",     false, 1},
    {"POST with an empty body",          post("Content-Length: 0\r\n", ""),                               "200",     false, 1},
    {"DELETE without length",            line("DELETE / HTTP/1.1"),                                       "200",     false, 1},
    {"Connection: close",                get("Connection: close\r\n"),                                    "200",     true,  1},
    {"close among other options",        get("Connection: TE, Close\r\n"),                                "200",     true,  1},
    {"empty field value",                get("X-A:\r\n"),                                                 "200",     false, 1},
    {"UTF-8 in a field value",           get("User-Agent: 手机\r\n"),                                     "200",     false, 1},
    {"encoded UTF-8 in the path",        target("/%E7%81%AB"),                                            "200",     false, 1},
    {"query",                            target("/?a=1&b=%2F&c"),                                         "200",     false, 1},
    // -- several requests on one connection
    {"two at once",                      get("") + get(""),                                               "200 200", false, 2},
    {"POST, then GET at once",           post("Content-Length: 3\r\n", "abc") + get(""),                  "200 200", false, 2},
    {"good, then bad",                   get("") + line("GET / HTTP/3.0"),                                "200 505", true,  1},
    {"close, then another",              get("Connection: close\r\n") + k_second,                         "200",     true,  1},
    {"bad, then another",                line("GET /") + k_second,                                        "400",     true,  0},
    // -- where the body ends
    {"Content-Length and chunked",       post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + k_second), "400", true, 0},
    {"chunked and Content-Length",       post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + k_second), "400", true, 0},
    {"chunked",                          post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n" + k_second),  "501",     true,  0},
    {"gzip, chunked",                    post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),       "501",     true,  0},
    {"identity",                         post("Transfer-Encoding: identity\r\n", k_second),               "501",     true,  0},
    {"xchunked",                         post("Transfer-Encoding: xchunked\r\n", k_second),               "501",     true,  0},
    {"chunked behind a tab",             post("Transfer-Encoding:\tchunked\r\n", k_second),               "501",     true,  0},
    {"space before the colon, chunked",  post("Transfer-Encoding : chunked\r\nContent-Length: 0\r\n", k_second), "400", true, 0},
    {"chunked in HTTP/1.0",              "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + k_second, "501",  true,  0},
    {"two equal lengths",                post("Content-Length: 5\r\nContent-Length: 5\r\n", "abcde"),     "400",     true,  0},
    {"two unequal lengths",              post("Content-Length: 0\r\nContent-Length: 33\r\n", k_second),   "400",     true,  0},
    {"length 5, 5",                      post("Content-Length: 5, 5\r\n", "abcde"),                       "400",     true,  0},
    {"length -1",                        post("Content-Length: -1\r\n", k_second),                        "400",     true,  0},
    {"length +5",                        post("Content-Length: +5\r\n", "abcde"),                         "400",     true,  0},
    {"length 0x5",                       post("Content-Length: 0x5\r\n", "abcde"),                        "400",     true,  0},
    {"length with a space inside",       post("Content-Length: 1 0\r\n", "abcde"),                        "400",     true,  0},
    {"length without a value",           post("Content-Length:\r\n", k_second),                           "400",     true,  0},
    {"length in words",                  post("Content-Length: five\r\n", k_second),                      "400",     true,  0},
    {"length beyond 64 bits",            post("Content-Length: 99999999999999999999999\r\n", k_second),   "413",     true,  0},
    {"length 2^64",                      post("Content-Length: 18446744073709551616\r\n", k_second),      "413",     true,  0},
    {"body over the limit",              post("Content-Length: 1048577\r\n", k_second),                   "413",     true,  0},
    {"GET body over the limit",          get("Content-Length: 1048577\r\n") + k_second,                   "413",     true,  0},
    {"POST without length",              post("", k_second),                                              "411",     true,  0},
    {"PUT without length",               line("PUT / HTTP/1.1") + k_second,                               "411",     true,  0},
    {"PATCH without length",             line("PATCH / HTTP/1.1") + k_second,                             "411",     true,  0},
    {"a request as a GET's body",        get("Content-Length: 33\r\n") + k_second,                           "200",     false, 1},
    // -- Host
    {"no Host",                          k_get + k_end + k_second,                                        "400",     true,  0},
    {"two Hosts",                        get("Host: y\r\n"),                                              "400",     true,  0},
    {"two equal Hosts",                  get("Host: x\r\n"),                                              "400",     true,  0},
    {"empty Host",                       k_get + "Host:\r\n\r\n",                                         "400",     true,  0},
    {"Host with a path",                 k_get + "Host: x/y\r\n\r\n",                                     "400",     true,  0},
    {"Host list",                        k_get + "Host: x, y\r\n\r\n",                                    "400",     true,  0},
    {"Host with a user",                 k_get + "Host: u@x\r\n\r\n",                                     "400",     true,  0},
    // -- field lines
    {"space before the colon",           get("X-A : 1\r\n"),                                              "400",     true,  0},
    {"no colon",                         get("X-A\r\n"),                                                  "400",     true,  0},
    {"no name",                          get(": 1\r\n"),                                                  "400",     true,  0},
    {"name with a bracket",              get("X(A): 1\r\n"),                                              "400",     true,  0},
    {"folded line",                      get("X-A: 1\r\n 2\r\n"),                                         "400",     true,  0},
    {"fold before any field",            k_get + " X: 1\r\n" + k_host + k_end,                            "400",     true,  0},
    {"folded Transfer-Encoding",         post("Transfer-Encoding:\r\n chunked\r\n", k_second),            "400",     true,  0},
    {"bare LF after a field",            k_get + "Host: x\nX-A: 1\r\n\r\n",                               "400",     true,  0},
    {"bare LF everywhere",               "GET / HTTP/1.1\nHost: x\n\n",                                   "400",     true,  0},
    {"bare CR in a value",               get("X-A: 1\r2\r\n"),                                            "400",     true,  0},
    {"CR CR LF",                         get("X-A: 1\r\r\n"),                                             "400",     true,  0},
    {"NUL in a value",                   get(std::string("X-A: 1\0\r\n", 9)),                             "400",     true,  0},
    {"NUL in a name",                    get(std::string("X\0A: 1\r\n", 8)),                              "400",     true,  0},
    {"escape in a value",                get("X-A: \x1b[2J\r\n"),                                         "400",     true,  0},
    {"DEL in a value",                   get("X-A: \x7f\r\n"),                                            "400",     true,  0},
    {"no UTF-8 in a value",              get("X-A: \xff\xfe\r\n"),                                        "400",     true,  0},
    {"encoded word Q",                   get("X-A: =?UTF-8?Q?a=0D=0AX-Evil:1?=\r\n"),                     "400",     true,  0},
    {"encoded word b",                   get("X-A: z =?utf-8?b?DQo=?=\r\n"),                              "400",     true,  0},
    {"two Authorizations",               get("Authorization: a\r\nAuthorization: b\r\n"),                 "400",     true,  0},
    {"two Cookies",                      get("Cookie: a=1\r\nCookie: a=2\r\n"),                           "400",     true,  0},
    {"101 fields",                       k_get + repeated("X-A: 1\r\n", 100) + k_host + k_end,            "431",     true,  0},
    {"a long field",                     get("X-A: " + std::string(33'000, 'a') + "\r\n"),                "431",     true,  0},
    // -- the request line
    {"HTTP/0.9",                         "GET /\r\n",                                                     "400",     true,  0},
    {"HTTP/1.0",                         "GET / HTTP/1.0\r\n\r\n",                                        "200",     true,  1},
    {"HTTP/1.0 with keep-alive",         "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",              "200",     false, 1},
    {"HTTP/1.2",                         line("GET / HTTP/1.2"),                                          "505",     true,  0},
    {"HTTP/2 preface",                   "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",                              "505",     true,  0},
    {"HTTP/11",                          line("GET / HTTP/11"),                                           "400",     true,  0},
    {"http/1.1",                         line("GET / http/1.1"),                                          "400",     true,  0},
    {"TLS hello",                        std::string("\x16\x03\x01\x02\x00\x01\x00", 7),                  "400",     true,  0},
    {"empty line first",                 "\r\n" + get(""),                                                "400",     true,  0},
    {"two spaces",                       line("GET  / HTTP/1.1"),                                         "400",     true,  0},
    {"a tab",                            line("GET\t/ HTTP/1.1"),                                         "400",     true,  0},
    {"a space behind",                   line("GET / HTTP/1.1 "),                                         "400",     true,  0},
    {"a space in the target",            line("GET /a b HTTP/1.1"),                                       "400",     true,  0},
    {"unknown method",                   line("BREW / HTTP/1.1"),                                         "501",     true,  0},
    {"method in lower case",             line("get / HTTP/1.1"),                                          "501",     true,  0},
    {"method with a comma",              line("GE,T / HTTP/1.1"),                                         "400",     true,  0},
    {"CONNECT",                          line("CONNECT x:443 HTTP/1.1"),                                  "501",     true,  0},
    {"TRACE",                            line("TRACE / HTTP/1.1"),                                        "501",     true,  0},
    // -- the target
    {"absolute form",                    target("http://x/"),                                             "400",     true,  0},
    {"asterisk",                         line("OPTIONS * HTTP/1.1"),                                      "400",     true,  0},
    {"relative",                         target("a"),                                                     "400",     true,  0},
    {"fragment",                         target("/#a"),                                                   "400",     true,  0},
    {"raw bytes beyond ASCII",           target("/火"),                                                   "400",     true,  0},
    {"quote",                            target("/\"a\""),                                                "400",     true,  0},
    {"backslash",                        target("/a\\b"),                                                 "400",     true,  0},
    {"too long",                         target("/" + std::string(8192, 'a')),                            "414",     true,  0},
    {"too long without an end",          "GET /" + std::string(9000, 'a'),                                "414",     true,  0},
    {"bad percent",                      target("/%G1"),                                                  "400",     true,  0},
    {"cut percent",                      target("/%4"),                                                   "400",     true,  0},
    {"signed percent",                   target("/%+1"),                                                  "400",     true,  0},
    {"encoded slash",                    target("/a%2Fb"),                                                "400",     true,  0},
    {"encoded backslash",                target("/a%5cb"),                                                "400",     true,  0},
    {"encoded NUL",                      target("/a%00"),                                                 "400",     true,  0},
    {"encoded CR LF",                    target("/a%0d%0aX-Evil:1"),                                      "400",     true,  0},
    {"encoded CR LF in the query",       target("/?a=%0d%0a"),                                            "400",     true,  0},
    {"encoded bytes, no UTF-8",          target("/%ff"),                                                  "400",     true,  0},
    {"overlong UTF-8",                   target("/%c0%af"),                                               "400",     true,  0},
    {"dot segment",                      target("/a/../b"),                                               "400",     true,  0},
    {"encoded dot segment",              target("/a/%2e%2e/b"),                                           "400",     true,  0},
    {"dot segment at the end",           target("/a/.."),                                                 "400",     true,  0},
    {"empty segment",                    target("//evil"),                                                "400",     true,  0},
    // -- incomplete and slow
    {"nothing more after a line",        k_get,                                                           "408",     true,  0},
    {"half a field",                     k_get + "Hos",                                                   "408",     true,  0},
    {"less body than said",              post("Content-Length: 9\r\n", "abc"),                            "408",     true,  0},
    // -- Expect
    {"Expect with the body at once",     post("Expect: 100-continue\r\nContent-Length: 3\r\n", "abc"),    "200",     false, 1},
    {"Expect, nothing to come",          post("Expect: 100-continue\r\nContent-Length: 0\r\n", ""),       "200",     false, 1},
    {"Expect over the limit",            post("Expect: 100-continue\r\nContent-Length: 9999999\r\n", ""), "413",     true,  0},
    {"Expect, then silence",             post("Expect: 100-continue\r\nContent-Length: 3\r\n", ""),       "100 408", true,  0},
    {"another expectation",              post("Expect: 200-ok\r\nContent-Length: 0\r\n", k_second),       "417",     true,  0},
};
// clang-format on

class HttpShapes : public testing::Test {
 protected:
  HttpShapes() {
    ServerOptions options;
    options.head_timeout = options.body_timeout = milliseconds(700);
    options.linger_timeout = milliseconds(300);
    server_ = *HttpServer::start(options, [this](const Request& request) {
      if (request.path == "/second") ++seconds_;
      if (request.path != "/probe") ++calls_;
      return Response{200, "text/plain", request.body, {}};
    });
  }

  // The statuses that come back, whether the connection then closes, and the number of calls: "200 400 closes 1".
  std::string outcome(const Shape& shape, bool ends_sending) {
    calls_ = 0;
    test::RawConnection connection(server_->port());
    connection.send(shape.bytes);
    if (ends_sending) connection.finish_sending();
    std::ostringstream out;
    std::istringstream expected(shape.answers);
    for (std::string status; expected >> status;) out << connection.read_answer().status << " ";
    if (shape.closes || ends_sending) {
      out << (connection.is_closed_by_peer() ? "closes " : "stays ");
    } else {
      connection.send("GET /probe HTTP/1.1\r\nHost: x\r\n\r\n");
      out << (connection.read_answer().status == 200 ? "stays " : "closes ");
    }
    out << calls_;
    return out.str();
  }

  std::atomic<int> calls_ = 0, seconds_ = 0;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpShapes, each_shape_has_its_one_outcome_and_no_second_request_runs) {
  for (const Shape& shape : k_shapes) {
    const std::string expected =
        shape.answers + (shape.closes ? " closes " : " stays ") + std::to_string(shape.calls);
    EXPECT_EQ(outcome(shape, false), expected) << shape.name;
  }
  EXPECT_EQ(seconds_, 0);
  EXPECT_GE(k_shapes.size(), 60u);
}

TEST_F(HttpShapes, a_sender_that_stops_early_is_told_and_never_handled) {
  EXPECT_EQ(outcome({"", post("Content-Length: 9\r\n", "abc"), "400", true, 0}, true), "400 closes 0");
  EXPECT_EQ(outcome({"", k_get + "Hos", "400", true, 0}, true), "400 closes 0");
  EXPECT_EQ(outcome({"", "", "", true, 0}, true), "closes 0");
  EXPECT_EQ(outcome({"", get(""), "200", true, 1}, true), "200 closes 1");
}

TEST_F(HttpShapes, an_expected_continue_comes_before_the_body_and_only_then) {
  test::RawConnection connection(server_->port());
  connection.send(post("Expect: 100-Continue\r\nContent-Length: 3\r\n", ""));
  EXPECT_EQ(connection.read_answer().status, 100);
  connection.send("abc");
  EXPECT_EQ(connection.read_answer().body, "abc");
}

TEST_F(HttpShapes, a_refusal_is_a_problem_in_the_callers_language) {
  const auto detail_of = [&](const std::string& bytes) {
    test::RawConnection connection(server_->port());
    connection.send(bytes);
    const auto answer = connection.read_answer();
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json; charset=utf-8");
    EXPECT_EQ(answer.headers.at("connection"), "close");
    return parse_json(answer.body)->at("detail").get<std::string>();
  };
  EXPECT_EQ(detail_of(post("", "")), "请求缺少 Content-Length");
  EXPECT_EQ(detail_of(post("Accept-Language: en\r\n", "")), "The request has no Content-Length");
  EXPECT_EQ(detail_of(get("accept-language:en\r\nX-A : 1\r\n")), "The request is not valid HTTP: field-name");
  EXPECT_EQ(detail_of(get("Accept-Language: zh-CN\r\nX-A : 1\r\n")), "请求不符合 HTTP 规范：field-name");
  EXPECT_EQ(detail_of(post("Accept-Language: en\r\nContent-Length: 9\r\n", "abc")),
            "The request was not complete within 0.7 s");
}

}  // namespace
}  // namespace sparkgate::api
