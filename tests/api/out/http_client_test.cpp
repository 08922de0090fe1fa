// Requests to others: whatever the other end does, they end in time, with little memory, and trust no stranger.
#include "api/out/http_client.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include "api/http_server.h"
#include "engine/base/codes.h"
#include "engine/base/json.h"
#include "tests/support/command_line.h"
#include "tests/support/raw_server.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {
namespace {

using api::http_post;
using api::OutAnswer;
using api::OutRequest;

constexpr int k_forever_ms = 20'000;

OutRequest to(const std::string& url, milliseconds deadline = seconds(20)) {
  OutRequest request;
  request.url = url;
  request.content_type = "text/plain";
  request.body = "hello";
  request.deadline = deadline;
  request.max_bytes = 1000;
  return request;
}

std::string outcome(const Result<OutAnswer>& answer) {
  if (answer) return std::to_string(answer->status) + " " + answer->body;
  const Json& reason = answer.error().details.at("reason");
  return std::string(refusal_row(answer.error().code).name) + ": " +
         (reason.is_object() ? reason.at("en").get<std::string>() : "?");
}

TEST(HttpClient, posts_and_reads_the_answer) {
  api::Request seen;
  auto server = api::HttpServer::start({}, [&](const api::Request& request) {
    seen = request;
    api::Response response;
    response.status = 409;
    response.body = "8\n";
    return response;
  });
  ASSERT_TRUE(server);
  const std::string host = "127.0.0.1:" + std::to_string((*server)->port());
  EXPECT_EQ(outcome(http_post()(to("http://" + host + "/add-checkpoint?a=1"))), "409 8\n");
  EXPECT_EQ(seen.method + " " + seen.path + " " + seen.body, "POST /add-checkpoint hello");
  EXPECT_EQ(seen.header("host"), host);
  EXPECT_EQ(seen.header("content-type"), "text/plain");
  EXPECT_EQ(seen.query.count("a"), 1u);
}

// What servers answer, and what the caller is told.
TEST(HttpClient, is_not_misled_by_what_servers_send) {
  struct Row {
    const char* what;
    std::string bytes;
    std::string outcome;
  };
  const std::string ok = "HTTP/1.1 200 OK\r\n", large(1001, 'x');
  const Row k_rows[] = {
      {"chunks", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", "200 abc"},
      {"until the end", ok + "\r\nabc", "200 abc"},
      {"an interim answer first", "HTTP/1.1 100 Continue\r\n\r\n" + ok + "Content-Length: 1\r\n\r\na", "200 a"},
      {"a redirect is not followed", "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n", "302 "},
      {"too large", ok + "Content-Length: 1001\r\n\r\n" + large, "peer_answer_invalid: it is too large"},
      {"too large in chunks", ok + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + large + "\r\n0\r\n\r\n",
       "peer_answer_invalid: it is too large"},
      {"as large as allowed", ok + "\r\n" + large.substr(1), "200 " + large.substr(1)},
      {"cut short", ok + "Content-Length: 10\r\n\r\nabc", "peer_unreachable: the connection broke off"},
      {"another protocol", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "peer_answer_invalid: it is no HTTP"},
      {"fields without end", ok + std::string(200'000, 'x'), "peer_answer_invalid: it is no HTTP"},
  };
  for (const Row& row : k_rows) {
    const RawServer server(answering(row.bytes));
    EXPECT_EQ(outcome(http_post()(to(server.url()))), row.outcome) << row.what;
    EXPECT_EQ(server.served(), 1) << row.what;
  }
}

TEST(HttpClient, tells_that_nobody_answers) {
  const RawServer closing([](int) {});
  EXPECT_FALSE(http_post()(to(closing.url())));
  uint16_t free_port = RawServer([](int) {}).port();
  const auto nobody = http_post()(to("http://127.0.0.1:" + std::to_string(free_port) + "/"));
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, Code::peer_unreachable);
  EXPECT_EQ(text_of(nobody.error().details, "url"), "127.0.0.1:" + std::to_string(free_port));
}

TEST(HttpClient, waits_no_longer_than_told) {
  const RawServer silent([](int socket) { wait_for_close(socket, k_forever_ms); });
  EXPECT_EQ(outcome(http_post()(to(silent.url(), milliseconds(100)))), "peer_unreachable: time ran out");
  // Each of these bytes comes in good time, and would go on coming for hours.
  const auto drip = [](std::string head, std::string byte) {
    return [head, byte](int socket) {
      receive_until(socket, "\r\n\r\n");
      send_all(socket, head);
      while (!wait_for_close(socket, 10) && send_all(socket, byte)) {
      }
    };
  };
  const RawServer slow_head(drip("HTTP/1.1 200 OK\r\nX: ", "x"));
  EXPECT_EQ(outcome(http_post()(to(slow_head.url(), milliseconds(300)))), "peer_unreachable: time ran out");
  const RawServer slow_body(drip("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", "x"));
  EXPECT_EQ(outcome(http_post()(to(slow_body.url(), milliseconds(300)))), "peer_unreachable: time ran out");
  const RawServer never_done(drip("", "HTTP/1.1 100 Continue\r\n\r\n"));
  EXPECT_EQ(outcome(http_post()(to(never_done.url(), milliseconds(300)))), "peer_unreachable: time ran out");
  const RawServer silent_tls([](int socket) { wait_for_close(socket, k_forever_ms); });
  const std::string url = "https://127.0.0.1:" + std::to_string(silent_tls.port()) + "/";
  EXPECT_EQ(outcome(http_post()(to(url, milliseconds(300)))), "peer_unreachable: time ran out");
}

TEST(HttpClient, takes_only_urls_that_it_can_keep_safe) {
  struct Row {
    const char* url;
    bool plain, good;
  };
  for (const Row& row : {Row{"https://witness.example/path", false, true}, Row{"https://witness.example", false, true},
                         Row{"http://127.0.0.1:8080", false, true}, Row{"http://localhost/x", false, true},
                         Row{"http://[::1]:80/", false, true}, Row{"http://witness.example/", false, false},
                         Row{"http://witness.example/", true, true}, Row{"http://localhost.example/", false, false},
                         Row{"http://user:secret@127.0.0.1/", false, false}, Row{"https://a.example/#x", false, false},
                         Row{"ftp://a.example/", true, false}, Row{"file:///etc/passwd", true, false},
                         Row{"witness.example", true, false}, Row{"", true, false}, Row{"http://:80/", true, false},
                         Row{"http://[::1/", true, false}}) {
    EXPECT_EQ(bool(api::check_url(row.url, row.plain)), row.good) << row.url;
  }
  const auto refused = api::check_url("http://user:secret@127.0.0.1/", false);
  EXPECT_EQ(describe(refused.error()).find("secret"), std::string::npos) << "a password would stand in the log";
}

// A TLS server of the test's own authority; the certificate is for "localhost".
class TlsServer {
 public:
  TlsServer() {
    const std::string in = "cd '" + folder_.path().string() + "' && openssl ";
    const Ran made = run(in + "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key -out cert " +
                         "-subj /CN=localhost -addext subjectAltName=DNS:localhost -days 2");
    if (made.status != 0) throw std::runtime_error(made.output);
    using Poco::Net::Context;
    Context::Ptr context(
        new Context(Context::TLS_SERVER_USE, (folder_.path() / "key").string(), cert(), "", Context::VERIFY_NONE));
    listener_.emplace(Poco::Net::SocketAddress("127.0.0.1", 0), 16, context);
    thread_ = std::jthread([this](const std::stop_token& over) {
      while (!over.stop_requested()) {
        if (listener_->poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ)) serve_one();
      }
    });
  }
  std::string cert() const { return (folder_.path() / "cert").string(); }
  std::string url(const std::string& host) const {
    return "https://" + host + ":" + std::to_string(listener_->address().port()) + "/";
  }

 private:
  void serve_one() {
    try {
      Poco::Net::StreamSocket socket = listener_->acceptConnection();
      char request[4096];
      if (socket.receiveBytes(request, sizeof request) <= 0) return;
      const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
      socket.sendBytes(answer.data(), static_cast<int>(answer.size()));
      socket.close();
    } catch (const Poco::Exception&) {  // the client does not trust us
    }
  }
  TempFolder folder_;
  std::optional<Poco::Net::SecureServerSocket> listener_;
  std::jthread thread_;
};

TEST(HttpClient, trusts_certificates_of_known_authorities_for_their_host_alone) {
  if (!has_program("openssl")) GTEST_SKIP() << "there is no openssl command";
  std::signal(SIGPIPE, SIG_IGN);
  const TlsServer server;
  EXPECT_FALSE(http_post()(to(server.url("localhost")))) << "a stranger's certificate";
  ::setenv("SSL_CERT_FILE", server.cert().c_str(), 1);
  const auto post = http_post();
  ::unsetenv("SSL_CERT_FILE");
  EXPECT_EQ(outcome(post(to(server.url("localhost")))), "200 secret");
  EXPECT_FALSE(post(to(server.url("127.0.0.1")))) << "a certificate for another host";
}

}  // namespace
}  // namespace sparkgate::test
