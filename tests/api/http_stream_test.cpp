// Answers that are said piece by piece: how they begin and end on a socket.
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "api/http_server.h"
#include "tests/support/raw_http.h"

namespace sparkgate::api {
namespace {

using test::RawConnection;

// Says what the test puts into it.
class Script final : public Stream {
 public:
  ~Script() override {
    const std::lock_guard lock(ends);
    has_ended = true;
    an_end.notify_all();
  }
  std::optional<std::string> next(milliseconds wait) override {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, wait, [this] { return !pieces_.empty() || is_over_; });
    if (pieces_.empty()) return is_over_ ? std::nullopt : std::optional<std::string>("");
    std::string piece = pieces_.front();
    if (!repeats_) pieces_.pop_front();
    return piece;
  }
  void say(std::string piece) {
    const std::lock_guard lock(mutex_);
    pieces_.push_back(std::move(piece));
    changed_.notify_all();
  }
  void say_for_ever(std::string piece) {
    repeats_ = true;
    say(std::move(piece));
  }
  void end() {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
    changed_.notify_all();
  }
  static inline std::mutex ends;
  static inline std::condition_variable an_end;
  static inline bool has_ended = false;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> pieces_;
  bool is_over_ = false;
  std::atomic<bool> repeats_ = false;
};

class HttpStream : public testing::Test {
 protected:
  void serve(ServerOptions options = {}) {
    auto started = HttpServer::start(std::move(options), [this](const Request&) {
      Response response;
      response.content_type = "text/event-stream";
      response.stream = std::move(script);  // the connection alone keeps it
      return response;
    });
    ASSERT_TRUE(started);
    server = std::move(*started);
  }
  static void wait_for_end() {
    std::unique_lock lock(Script::ends);
    EXPECT_TRUE(Script::an_end.wait_for(lock, seconds(20), [] { return Script::has_ended; }));
  }
  void SetUp() override { Script::has_ended = false; }

  std::shared_ptr<Script> script = std::make_shared<Script>();
  Script* const said = script.get();
  std::unique_ptr<HttpServer> server;
};

const std::string k_get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

TEST_F(HttpStream, pieces_arrive_as_they_are_said_until_the_end) {
  serve();
  RawConnection connection(server->port());
  connection.send(k_get);
  const std::string head = connection.read_until("\r\n\r\n");
  EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), head.npos) << head;
  EXPECT_NE(head.find("Connection: close\r\n"), head.npos) << head;
  EXPECT_EQ(head.find("Content-Length"), head.npos) << head;
  said->say("one\n");
  EXPECT_EQ(connection.read_until("\n"), "one\n");
  said->say("two\n");
  said->say("three\n");
  EXPECT_EQ(connection.read_until("three\n"), "two\nthree\n");
  said->end();
  EXPECT_TRUE(connection.is_closed_by_peer());
}

TEST_F(HttpStream, head_alone_has_no_pieces) {
  said->say("one\n");
  serve();
  RawConnection connection(server->port());
  connection.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(connection.read_until("\r\n\r\n"), "");
  EXPECT_TRUE(connection.is_closed_by_peer());
}

TEST_F(HttpStream, a_reader_that_takes_nothing_is_cut) {
  ServerOptions options;
  options.stream_timeout = milliseconds(200);
  serve(options);
  RawConnection connection(server->port());
  connection.send(k_get);
  said->say_for_ever(std::string(1 << 20, 'x'));
  wait_for_end();
}

TEST_F(HttpStream, a_silent_stream_notices_that_nobody_is_there) {
  serve();
  {
    RawConnection connection(server->port());
    connection.send(k_get);
    ASSERT_NE(connection.read_until("\r\n\r\n"), "");
  }
  wait_for_end();
}

TEST_F(HttpStream, stopping_ends_streams_soon) {
  serve();
  RawConnection connection(server->port());
  connection.send(k_get);
  ASSERT_NE(connection.read_until("\r\n\r\n"), "");
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(server->stop());
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(10));
  EXPECT_TRUE(connection.is_closed_by_peer());
}

}  // namespace
}  // namespace sparkgate::api
