// Timestamps on published checkpoints: a local authority (`openssl ts`) behind the service's own HTTP client.
#include <gtest/gtest.h>

#include "api/http_server.h"
#include "certs/timestamp.h"
#include "tests/support/office.h"
#include "tests/support/timestamp_authority.h"

namespace sparkgate::test {
namespace {

class Timestamping : public testing::Test {
 protected:
  void SetUp() override {
    if (!TimestampAuthority::possible()) GTEST_SKIP() << "there is no openssl command";
    authority = std::make_unique<TimestampAuthority>();
    auto started = api::HttpServer::start({}, [this](const api::Request& request) {
      ++asked;
      api::Response response;
      response.content_type = "application/timestamp-reply";
      response.body = answer ? answer(request.body) : authority->reply(request.body);
      response.status = status;
      return response;
    });
    ASSERT_TRUE(started);
    server = std::move(*started);
    open();
  }
  void open() {
    api::Anchoring::Options options;
    options.authorities = {"http://127.0.0.1:" + std::to_string(server->port()) + "/tsr"};
    options.authority_ca_pem = authority->ca_pem();
    options.post = api::http_post();
    office.open(std::move(options));
  }
  void pass(seconds time) {
    office.let_pass(time);
    office.anchoring().step();
  }
  std::optional<Anchored> stamped() {
    auto reader = office.engine().read();
    return reader->last_anchored(0, k_timestamp, "http://127.0.0.1:" + std::to_string(server->port()) + "/tsr");
  }

  Network network;
  FakeClock clock{SystemClock().wall()};  // the authority's time is the real one
  Office office{"office", network, clock};
  std::unique_ptr<TimestampAuthority> authority;
  std::unique_ptr<api::HttpServer> server;
  std::function<std::string(const std::string&)> answer;
  int status = 200;
  std::atomic<int> asked = 0;
};

TEST_F(Timestamping, stamps_the_published_checkpoint_as_openssl_verifies_it) {
  office.record(3);
  pass(seconds(10));
  const auto kept = stamped();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->size, 3u);
  EXPECT_TRUE(kept->note.starts_with("office/log\n3\n"));
  EXPECT_EQ(authority->objection_about(kept->note, kept->anchors[0].bytes), "");
  EXPECT_EQ(office.standing_of_authority(), "ok 3");
  EXPECT_LE(kept->anchors[0].at, SystemClock().wall());
}

TEST_F(Timestamping, happens_every_hour_when_the_log_has_grown) {
  office.record();
  pass(seconds(10));
  office.record();
  for (int i = 0; i < 5; ++i) pass(minutes(10));
  EXPECT_EQ(asked, 1);
  pass(minutes(11));
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(stamped()->size, 2u);
  for (int i = 0; i < 5; ++i) pass(hours(1));
  EXPECT_EQ(asked, 2) << "nothing new";
}

TEST_F(Timestamping, counts_the_hour_over_a_restart) {
  office.record();
  pass(seconds(10));
  open();
  office.record();
  pass(minutes(30));
  EXPECT_EQ(asked, 1);
  pass(minutes(31));
  EXPECT_EQ(asked, 2);
}

TEST_F(Timestamping, happens_at_once_on_demand) {
  office.record();
  pass(seconds(10));
  office.record();
  ASSERT_TRUE(office.anchoring().hurry_timestamps());
  pass(seconds(2));
  EXPECT_EQ(office.standing_of_authority(), "ok 2");
}

TEST_F(Timestamping, is_tried_again_when_it_failed) {
  status = 503;
  office.record();
  pass(seconds(10));
  EXPECT_EQ(office.standing_of_authority(), "refused 0 peer_refused");
  pass(seconds(30));
  EXPECT_EQ(asked, 1);
  status = 200;
  pass(seconds(31));
  EXPECT_EQ(office.standing_of_authority(), "ok 1");
}

TEST_F(Timestamping, keeps_nothing_that_does_not_verify) {
  const TimestampAuthority stranger;
  const std::function<std::string(const std::string&)> k_answers[] = {
      [](const std::string&) { return std::string("good morning"); },
      [](const std::string&) { return std::string(); },
      [&](const std::string& request) { return stranger.reply(request); },
      [&](const std::string&) {
        SystemRandom random;
        return authority->reply(timestamp_request("something else", random));
      },
  };
  office.record();
  for (const auto& lie : k_answers) {
    answer = lie;
    pass(hours(1));
    EXPECT_EQ(office.standing_of_authority(), "refused 0 timestamp_invalid");
    EXPECT_FALSE(stamped());
  }
}

TEST_F(Timestamping, leaves_an_empty_log_alone) {
  pass(hours(2));
  EXPECT_EQ(asked, 0);
}

}  // namespace
}  // namespace sparkgate::test
