#include "api/http_server.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "engine/base/codes.h"
#include "engine/base/json.h"
#include "tests/support/raw_http.h"

namespace sparkgate::api {
namespace {

using test::HttpClient;
using test::RawConnection;

const std::string k_get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

Response plain(std::string body) { return {200, "text/plain", std::move(body), {}}; }
Response ok(const Request&) { return plain("ok"); }

std::unique_ptr<HttpServer> serve(Handler handler, ServerOptions options = {}) {
  auto server = HttpServer::start(std::move(options), std::move(handler));
  EXPECT_TRUE(server) << describe(server.error());
  return std::move(*server);
}

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// A door that handlers wait at until the test opens it.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_open_; });
  }
  void wait_until_waiting(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = false;
  int waiting_ = 0;
};

TEST(HttpServer, a_request_arrives_decoded) {
  Request seen;
  const auto server = serve([&](const Request& request) { return seen = request, plain("ok"); });
  HttpClient(server->port())
      .request("PUT", "/a%20b/%E7%81%AB?from=1%2B1&q=x+y&q=", {{"X-List", "1"}, {"x-list", " 2 "}}, "body");
  EXPECT_EQ(seen.method, "PUT");
  EXPECT_EQ(seen.path, "/a b/火");
  EXPECT_EQ(seen.query, (std::multimap<std::string, std::string>{{"from", "1+1"}, {"q", "x y"}, {"q", ""}}));
  EXPECT_EQ(seen.header("x-list"), "1, 2");
  EXPECT_EQ(seen.header("absent"), "");
  EXPECT_EQ(seen.body, "body");
  EXPECT_EQ(seen.peer, "127.0.0.1");
}

// "socket:[4711]" of each of our sockets that is bound to the port: the listener, and accepted connections.
std::set<std::string> sockets_of_port(uint16_t port) {
  std::set<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    sockaddr_in address{};
    socklen_t length = sizeof address;
    const int file = std::stoi(entry.path().filename());
    if (getsockname(file, reinterpret_cast<sockaddr*>(&address), &length) != 0) continue;
    if (address.sin_family == AF_INET && ntohs(address.sin_port) == port) {
      out.insert(std::filesystem::read_symlink(entry.path()).string());
    }
  }
  return out;
}

TEST(HttpServer, a_child_process_inherits_no_socket) {
  const auto server = serve(ok);
  HttpClient client(server->port());
  ASSERT_EQ(client.get("/").status, 200);  // stays open
  const auto sockets = sockets_of_port(server->port());
  ASSERT_EQ(sockets.size(), 2u);
  FILE* child = ::popen("ls -l /proc/self/fd", "r");
  std::string seen;
  for (int c = std::fgetc(child); c != EOF; c = std::fgetc(child)) seen += static_cast<char>(c);
  EXPECT_EQ(::pclose(child), 0);
  for (const std::string& socket : sockets) EXPECT_EQ(seen.find(socket), seen.npos) << seen;
}

TEST(HttpServer, an_answer_carries_its_length_and_safe_defaults) {
  const auto server = serve(ok);
  const auto answer = HttpClient(server->port()).get("/");
  EXPECT_EQ(answer.body, "ok");
  EXPECT_EQ(answer.headers.at("content-length"), "2");
  EXPECT_EQ(answer.headers.at("content-type"), "text/plain");
  EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
  EXPECT_EQ(answer.headers.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.headers.at("date").size(), std::string("Sun, 06 Nov 1994 08:49:37 GMT").size());
  EXPECT_FALSE(answer.headers.contains("server"));
}

TEST(HttpServer, head_is_answered_as_get_without_the_body) {
  const auto server = serve([](const Request& request) { return plain(request.method); });
  HttpClient client(server->port());
  const auto answer = client.request("HEAD", "/");
  EXPECT_EQ(answer.headers.at("content-length"), "3");
  EXPECT_EQ(client.get("/").body, "GET");  // nothing was left on the connection
}

TEST(HttpServer, no_content_has_neither_body_nor_length) {
  const auto server = serve([](const Request& request) {
    return request.path == "/" ? plain("ok") : Response{std::stoi(request.path.substr(1)), "text/plain", "x", {}};
  });
  HttpClient client(server->port());
  for (const char* path : {"/204", "/304"}) {
    EXPECT_FALSE(client.get(path).headers.contains("content-length")) << path;
    EXPECT_EQ(client.get("/").body, "ok");
  }
}

TEST(HttpServer, an_answer_that_could_split_never_leaves) {
  std::vector<std::string> log;
  ServerOptions options;
  options.log = [&](const std::string& line) { log.push_back(line); };
  Response answer;
  const auto server = serve([&](const Request&) { return answer; }, options);
  const std::vector<std::pair<std::string, std::string>> unfit = {
      {"Location", "/a\r\nX-Evil: 1"}, {"Location", "/a\nX-Evil: 1"}, {"X-A: b", "1"}, {"", "1"},
      {"Content-Length", "0"},         {"transfer-encoding", "chunked"}, {"Connection", "keep-alive"}};
  for (const auto& field : unfit) {
    answer = {200, "text/plain", "ok", {field}};
    const auto got = HttpClient(server->port()).get("/");
    EXPECT_EQ(got.status, 500) << field.first;
    EXPECT_FALSE(got.headers.contains("x-evil"));
  }
  answer = {200, "text/plain\r\nX-Evil: 1", "ok", {}};
  EXPECT_EQ(HttpClient(server->port()).get("/").status, 500);
  EXPECT_EQ(log.size(), unfit.size() + 1);
}

TEST(HttpServer, an_exception_is_a_500_with_a_trace_and_without_secrets_in_the_log) {
  std::string log;
  ServerOptions options;
  options.log = [&](const std::string& line) { log += line; };
  const auto server = serve(
      [](const Request& request) -> Response {
        if (request.path == "/odd") throw 1;
        throw std::runtime_error("boom\nforged line");
      },
      options);
  HttpClient client(server->port());
  const auto answer = client.request("POST", "/s3cret?t=s3cret", {{"Authorization", "s3cret"}}, "s3cret");
  EXPECT_EQ(answer.status, 500);
  const Json problem = *parse_json(answer.body);
  EXPECT_EQ(problem["code"], "internal");
  const std::string trace = problem["trace"];
  EXPECT_EQ(log, "internal " + trace + " POST std::runtime_error: boom forged line");
  EXPECT_EQ(answer.body.find("boom"), std::string::npos);
  EXPECT_EQ(client.get("/odd").status, 500);
}

TEST(HttpServer, a_port_is_never_shared) {
  const auto server = serve(ok);
  ServerOptions options;
  options.port = server->port();
  const auto second = HttpServer::start(options, ok);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::address_in_use);
  EXPECT_EQ(second.error().details["address"], "127.0.0.1:" + std::to_string(server->port()));
  options.address = "192.0.2.1";  // nobody's, RFC 5737
  EXPECT_EQ(HttpServer::start(options, ok).error().code, Code::address_unusable);
}

TEST(HttpServer, a_port_can_be_taken_again_at_once) {
  auto server = serve(ok);
  ServerOptions options;
  options.port = server->port();
  HttpClient(options.port).get("/");
  server.reset();
  server = serve(ok, options);
  EXPECT_EQ(HttpClient(options.port).get("/").status, 200);
}

TEST(HttpServer, over_the_cap_is_told_and_recovers) {
  ServerOptions options;
  options.max_connections = 2;
  options.linger_timeout = milliseconds(100);
  const auto server = serve(ok, options);
  std::optional<RawConnection> first(server->port());
  RawConnection second(server->port());
  for (auto* connection : {&*first, &second}) {
    connection->send(k_get);
    EXPECT_EQ(connection->read_answer().status, 200);
  }
  RawConnection third(server->port());
  third.send(k_get);
  const auto refused = third.read_answer();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ((*parse_json(refused.body))["code"], "too_busy");
  EXPECT_TRUE(third.is_closed_by_peer());
  first.reset();
  int status = 503;
  for (int tries = 0; status == 503 && tries < 200; ++tries) {
    std::this_thread::sleep_for(milliseconds(10));
    status = HttpClient(server->port()).get("/").status;
  }
  EXPECT_EQ(status, 200);
}

TEST(HttpServer, a_thousand_idle_connections_leave_room_for_a_new_one) {
  const auto server = serve(ok);
  std::vector<RawConnection> idle;
  for (int i = 0; i < 1000; ++i) {
    idle.emplace_back(server->port());
    ASSERT_TRUE(idle.back().send(k_get));
    ASSERT_EQ(idle.back().read_answer().status, 200) << i;
  }
  EXPECT_LT(seconds_of([&] { EXPECT_EQ(HttpClient(server->port()).get("/").status, 200); }), 2);
  idle.front().send(k_get);
  EXPECT_EQ(idle.front().read_answer().status, 200);
  EXPECT_LT(seconds_of([&] { EXPECT_TRUE(server->stop()); }), 10);  // and all are closed at once
}

TEST(HttpServer, idle_connections_are_closed) {
  ServerOptions options;
  options.idle_timeout = milliseconds(100);
  const auto server = serve(ok, options);
  RawConnection silent(server->port()), kept(server->port());
  kept.send(k_get);
  EXPECT_EQ(kept.read_answer().status, 200);
  EXPECT_TRUE(silent.is_closed_by_peer());
  EXPECT_TRUE(kept.is_closed_by_peer());
}

TEST(HttpServer, slow_senders_stop_nobody_and_are_cut_however_steadily_they_drip) {
  ServerOptions options;
  options.head_timeout = options.body_timeout = milliseconds(1500);
  const auto server = serve(ok, options);
  std::vector<RawConnection> slow;
  for (int i = 0; i < 200; ++i) {
    slow.emplace_back(server->port());
    slow.back().send(i % 2 ? "GET / HTTP/1.1\r\nX-A: " : "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n");
  }
  HttpClient client(server->port());
  for (int round = 0; round < 25; ++round) {
    for (auto& connection : slow) connection.send("a");
    EXPECT_EQ(client.get("/healthz").status, 200);
    std::this_thread::sleep_for(milliseconds(100));
  }
  for (auto& connection : slow) EXPECT_EQ(connection.read_answer().status, 408);
}

TEST(HttpServer, a_slow_reader_is_cut) {
  ServerOptions options;
  options.write_timeout = milliseconds(300);
  const auto server = serve([](const Request&) { return plain(std::string(64 << 20, 'a')); }, options);
  RawConnection reader(server->port());
  reader.send(k_get);
  EXPECT_LT(seconds_of([&] {
              std::this_thread::sleep_for(milliseconds(500));
              EXPECT_TRUE(server->stop());
            }),
            10);
  EXPECT_EQ(reader.read_answer().status, 0);  // cut short
}

TEST(HttpServer, an_early_refusal_reaches_a_sender_that_is_still_sending) {
  const auto server = serve(ok);
  RawConnection sender(server->port());
  sender.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n");
  for (int i = 0; i < 40; ++i) sender.send(std::string(100'000, 'a'));
  EXPECT_EQ(sender.read_answer().status, 413);
}

TEST(HttpServer, stop_lets_the_running_request_finish_and_closes_the_rest) {
  Gate gate;
  const char* k_here = "127.0.0.2";  // where no other test's server can be given the port that this one gives up
  ServerOptions options;
  options.address = k_here;
  const auto server = serve([&](const Request&) { return gate.pass(), plain("done"); }, options);
  const auto connection = [&] { return RawConnection(server->port(), k_here); };
  RawConnection running = connection(), idle = connection(), half = connection();
  half.send("GET / HTT");
  running.send(k_get);
  gate.wait_until_waiting(1);
  auto stopped = std::async(std::launch::async, [&] { return server->stop(); });
  EXPECT_TRUE(idle.is_closed_by_peer());
  EXPECT_TRUE(half.is_closed_by_peer());
  EXPECT_FALSE(connection().is_open());
  gate.open();
  const auto answer = running.read_answer();
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_TRUE(running.is_closed_by_peer());
  EXPECT_TRUE(stopped.get());
}

TEST(HttpServer, stop_says_when_a_request_outlasts_the_drain) {
  Gate gate;
  ServerOptions options;
  options.drain_timeout = milliseconds(100);
  const auto server = serve([&](const Request&) { return gate.pass(), plain("late"); }, options);
  RawConnection running(server->port());
  running.send(k_get);
  gate.wait_until_waiting(1);
  EXPECT_FALSE(server->stop());
  EXPECT_TRUE(running.is_closed_by_peer());
  gate.open();
}

TEST(HttpServer, handlers_run_side_by_side) {
  Gate gate;
  const auto server = serve([&](const Request&) { return gate.pass(), plain("ok"); });
  std::vector<RawConnection> callers;
  for (int i = 0; i < 32; ++i) {
    callers.emplace_back(server->port());
    callers.back().send(k_get);
  }
  gate.wait_until_waiting(32);
  gate.open();
  for (auto& caller : callers) EXPECT_EQ(caller.read_answer().status, 200);
}

}  // namespace
}  // namespace sparkgate::api
