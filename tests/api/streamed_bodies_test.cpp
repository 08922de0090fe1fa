// Bodies that go to a sink while they come: whole, in bounded pieces, few at a time, at a slow line's pace.
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "api/http_server.h"
#include "engine/base/json.h"
#include "tests/support/raw_http.h"

namespace sparkgate::api {
namespace {

using test::HttpClient;
using test::RawConnection;

constexpr size_t k_most = 25 << 20;
constexpr size_t k_piece = 16 << 10;
constexpr LargeBodies k_rows[] = {{"POST", "/large", 2 << 20}, {"POST", "/file", k_most, true}};
const std::string k_expect = "Expect: 100-continue\r\n";

std::string head_of(const std::string& path, size_t length, const std::string& fields = "") {
  return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "Content-Length: " + std::to_string(length) +
         "\r\n\r\n";
}

// No two pieces of it are alike.
std::string numbers(size_t size) {
  std::string out;
  while (out.size() < size) out += std::to_string(out.size()) + " ";
  return out.resize(size), out;
}

std::string code_of(const test::Answer& answer) {
  return text_of(parse_json(answer.body).value_or(Json::object()), "code");
}

// What all sinks of a test have met.
struct Seen {
  std::mutex mutex;
  std::condition_variable changed;
  std::string bytes;
  size_t longest_piece = 0;
  int made = 0, gone = 0;

  template <class Change>
  void change(Change change_it) {
    const std::lock_guard lock(mutex);
    change_it();
    changed.notify_all();
  }
  template <class Wanted>
  bool wait_for(Wanted is_so) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, seconds(20), is_so);
  }
};

class Bucket final : public BodySink {
 public:
  Bucket(Seen& seen, size_t room) : seen_(seen), room_(room) {
    seen_.change([&] { ++seen_.made; });
  }
  ~Bucket() override {
    seen_.change([&] { ++seen_.gone; });
  }
  bool take(std::string_view bytes) override {
    if (bytes.starts_with("throw")) throw std::runtime_error("boom");
    seen_.change([&] {
      seen_.bytes += bytes;
      seen_.longest_piece = std::max(seen_.longest_piece, bytes.size());
    });
    taken += bytes.size();
    return taken <= room_;
  }
  size_t taken = 0;

 private:
  Seen& seen_;
  const size_t room_;
};

class StreamedBodies : public testing::Test {
 protected:
  StreamedBodies() {
    options.limits.large = k_rows;
    options.linger_timeout = milliseconds(100);
    options.log = [](const std::string&) {};
    options.sink_for = [this](const Request& head) -> std::shared_ptr<BodySink> {
      if (head.header("content-type") == "text/plain") return nullptr;
      if (head.header("content-type") == "odd") throw std::runtime_error("odd");
      return std::make_shared<Bucket>(seen, room);
    };
  }

  uint16_t serve() {
    auto started = HttpServer::start(options, [this](const Request& request) {
      ++handled;
      const auto* bucket = static_cast<const Bucket*>(request.sink.get());
      const std::string streamed = bucket ? std::to_string(bucket->taken) + " streamed, " : "";
      return Response{200, "text/plain", streamed + std::to_string(request.body.size()) + " gathered", {}};
    });
    EXPECT_TRUE(started);
    server = std::move(*started);
    return server->port();
  }

  Seen seen;
  size_t room = k_most;
  std::atomic<int> handled = 0;
  ServerOptions options;
  std::unique_ptr<HttpServer> server;
};

TEST_F(StreamedBodies, one_arrives_whole_and_in_bounded_pieces) {
  HttpClient client(serve());
  const std::string body = numbers(k_most);
  EXPECT_EQ(client.request("POST", "/file", {}, body).body, std::to_string(k_most) + " streamed, 0 gathered");
  EXPECT_TRUE(seen.bytes == body);
  EXPECT_LE(seen.longest_piece, k_piece);
  EXPECT_EQ(client.request("POST", "/file", {}, "").body, "0 streamed, 0 gathered");
  EXPECT_EQ(client.request("POST", "/other", {}, "abc").body, "3 gathered");
  EXPECT_TRUE(seen.wait_for([&] { return seen.gone == 2; }));
}

TEST_F(StreamedBodies, each_piece_is_handed_on_before_the_next_has_come) {
  RawConnection sender(serve());
  sender.send(head_of("/file", 30));
  for (size_t i = 1; i <= 3; ++i) {
    sender.send("0123456789");
    EXPECT_TRUE(seen.wait_for([&] { return seen.bytes.size() == 10 * i; })) << i;
  }
  EXPECT_EQ(sender.read_answer().body, "30 streamed, 0 gathered");
}

TEST_F(StreamedBodies, one_that_is_too_long_is_refused_before_it_is_read) {
  RawConnection sender(serve());
  sender.send(head_of("/file", k_most + 1));
  const auto refused = sender.read_answer();
  EXPECT_EQ(refused.status, 413);
  EXPECT_EQ(parse_json(refused.body).value().at("limit_bytes"), k_most);
  EXPECT_EQ(seen.made, 0);
}

TEST_F(StreamedBodies, a_stalled_one_is_given_up_without_the_handler) {
  options.body_timeout = milliseconds(200);
  RawConnection sender(serve());
  sender.send(head_of("/file", 100) + "a");
  EXPECT_EQ(code_of(sender.read_answer()), "request_timeout");
  EXPECT_EQ(seen.gone, 1) << "before the answer";
  EXPECT_EQ(handled, 0);
}

TEST_F(StreamedBodies, a_slow_line_gets_the_time_it_needs) {
  EXPECT_EQ(options.streamed_bodies.least_bytes_per_second, 4096u);
  options.body_timeout = milliseconds(300);
  RawConnection slow(serve());
  slow.send(head_of("/file", 2 * k_piece) + numbers(k_piece));  // which buys it 4 s
  ASSERT_TRUE(seen.wait_for([&] { return seen.bytes.size() == k_piece; }));
  RawConnection clock(server->port());
  clock.send(head_of("/other", 1));
  EXPECT_EQ(clock.read_answer().status, 408);  // 300 ms later
  slow.send(numbers(k_piece));
  EXPECT_EQ(slow.read_answer().status, 200);
}

TEST_F(StreamedBodies, none_may_last_longer_than_the_cap) {
  EXPECT_EQ(options.streamed_bodies.longest, hours(2));
  options.streamed_bodies.longest = milliseconds(300);
  RawConnection sender(serve());
  sender.send(head_of("/file", 2 * k_piece) + numbers(k_piece));
  const auto refused = sender.read_answer();
  EXPECT_EQ(refused.status, 408);
  EXPECT_EQ(parse_json(refused.body).value().at("seconds"), 0.3);
}

TEST_F(StreamedBodies, one_that_is_cut_in_the_middle_is_dropped_without_the_handler) {
  serve();
  {
    RawConnection sender(server->port());
    sender.send(head_of("/file", 100) + "half");
    ASSERT_TRUE(seen.wait_for([&] { return seen.bytes == "half"; }));
    EXPECT_EQ(seen.gone, 0);
  }
  EXPECT_TRUE(seen.wait_for([&] { return seen.gone == 1; }));
  RawConnection half_closed(server->port());
  half_closed.send(head_of("/file", 100) + "half");
  half_closed.finish_sending();
  EXPECT_EQ(code_of(half_closed.read_answer()), "bad_request");
  EXPECT_EQ(seen.gone, 2);
  EXPECT_EQ(handled, 0);
}

TEST_F(StreamedBodies, one_that_its_sink_refuses_is_answered_and_the_rest_is_not_read) {
  room = 1000;
  RawConnection sender(serve());
  sender.send(head_of("/file", k_most) + std::string(2000, 'a') + head_of("/other", 0));
  const auto answer = sender.read_answer();
  EXPECT_NE(answer.body.find(" streamed, 0 gathered"), answer.body.npos) << answer.body;
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_TRUE(sender.is_closed_by_peer());
  EXPECT_EQ(handled, 1);
  EXPECT_EQ(seen.gone, 1);
}

TEST_F(StreamedBodies, an_early_answer_reaches_a_sender_that_is_still_sending) {
  room = 0;
  options.linger_timeout = seconds(20);
  RawConnection sender(serve());
  EXPECT_TRUE(sender.send(head_of("/file", k_most) + numbers(k_most)));
  EXPECT_EQ(sender.read_answer().status, 200);
  EXPECT_LE(seen.bytes.size(), k_piece);
}

TEST_F(StreamedBodies, who_finds_no_sink_or_has_one_that_throws_is_told_500_without_the_handler) {
  std::string log;
  options.log = [&](const std::string& line) { log += line; };
  RawConnection sender(serve());
  sender.send(head_of("/file", 100) + "throw");
  const auto answer = sender.read_answer();
  EXPECT_EQ(code_of(answer), "internal");
  EXPECT_NE(log.find(" POST std::runtime_error: boom"), log.npos) << log;
  EXPECT_EQ(seen.gone, 1);
  RawConnection other(server->port());
  other.send(head_of("/file", 100, "Content-Type: odd\r\n" + k_expect));
  EXPECT_EQ(code_of(other.read_answer()), "internal");
  EXPECT_NE(log.find(" POST std::runtime_error: odd"), log.npos) << log;
  EXPECT_EQ(handled, 0);
}

TEST_F(StreamedBodies, eight_are_taken_at_a_time_and_the_ninth_is_told_before_it_has_a_sink) {
  serve();
  std::vector<RawConnection> senders;
  for (int i = 0; i < 8; ++i) {  // "100 Continue" tells that it has its room
    senders.emplace_back(server->port()).send(head_of("/file", 4, k_expect));
    EXPECT_EQ(senders.back().read_answer().status, 100);
  }
  RawConnection ninth(server->port());
  ninth.send(head_of("/file", 4, k_expect));
  const auto refused = ninth.read_answer();
  EXPECT_EQ(code_of(refused), "too_busy");
  EXPECT_EQ(refused.headers.at("retry-after"), "5");
  EXPECT_EQ(seen.made, 8);
  HttpClient other(server->port());
  EXPECT_EQ(other.request("POST", "/large", {}, std::string(2 << 20, 'a')).status, 200) << "large ones have their own";
  for (auto& sender : senders) {
    sender.send("abcd" + head_of("/other", 1) + "a");
    EXPECT_EQ(sender.read_answer().body, "4 streamed, 0 gathered");
    EXPECT_EQ(sender.read_answer().body, "1 gathered") << "it has given back its room before it reads on";
  }
  EXPECT_EQ(other.request("POST", "/file", {}, "abcd").status, 200);
}

TEST_F(StreamedBodies, whoever_breaks_off_gives_back_its_room) {
  options.streamed_bodies.at_once = 1;
  options.linger_timeout = seconds(20);
  room = 0;
  serve();
  {
    RawConnection refused(server->port());
    refused.send(head_of("/file", 100) + "a");
    EXPECT_EQ(refused.read_answer().status, 200);
  }
  int status = 503;
  for (int tries = 0; status == 503 && tries < 10'000; ++tries) {  // until the server has seen that it is gone
    status = HttpClient(server->port()).request("POST", "/file", {}, "").status;
  }
  EXPECT_EQ(status, 200);
}

TEST_F(StreamedBodies, a_request_behind_one_is_answered_too) {
  RawConnection sender(serve());
  const std::string body = numbers(300'000);
  sender.send(head_of("/file", body.size()) + body + head_of("/other", 3) + "abc" + head_of("/file", 2) + "de");
  EXPECT_EQ(sender.read_answer().body, "300000 streamed, 0 gathered");
  EXPECT_EQ(sender.read_answer().body, "3 gathered");
  EXPECT_EQ(sender.read_answer().body, "2 streamed, 0 gathered");
  EXPECT_TRUE(seen.bytes == body + "de");
}

TEST_F(StreamedBodies, who_waits_to_be_asked_for_the_body_is_asked) {
  RawConnection sender(serve());
  sender.send(head_of("/file", 4, k_expect));
  EXPECT_EQ(sender.read_answer().status, 100);
  sender.send("abcd");
  EXPECT_EQ(sender.read_answer().body, "4 streamed, 0 gathered");
}

TEST_F(StreamedBodies, one_that_no_sink_takes_is_gathered_if_it_is_small) {
  HttpClient client(serve());
  const test::Fields plain = {{"Content-Type", "text/plain"}};
  EXPECT_EQ(client.request("POST", "/file", plain, "abc").body, "3 gathered");
  RawConnection sender(server->port());
  sender.send(head_of("/file", (1 << 20) + 1, "Content-Type: text/plain\r\n"));
  const auto refused = sender.read_answer();
  EXPECT_EQ(refused.status, 413);
  EXPECT_EQ(parse_json(refused.body).value().at("limit_bytes"), 1 << 20);
}

TEST_F(StreamedBodies, who_may_not_send_one_is_told_before_it_has_a_sink) {
  options.turn_away = [](const Request&) { return Response{401, "text/plain", "no", {}}; };
  RawConnection sender(serve());
  sender.send(head_of("/file", 4) + "abcd");
  EXPECT_EQ(sender.read_answer().status, 401);
  EXPECT_TRUE(sender.is_closed_by_peer());
  EXPECT_EQ(seen.made + handled, 0);
}

}  // namespace
}  // namespace sparkgate::api
