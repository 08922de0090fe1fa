// Sign-ins over time, under guessing, and over a restart.
#include <gtest/gtest.h>

#include "api/attempts.h"
#include "engine/base/codes.h"
#include "tests/support/service.h"

namespace sparkgate {
namespace {

using api::Attempts;
using test::FakeClock;
using test::Got;

Json a_machine() {
  return {{"code", "SL-WM-7"}, {"kind", "焊机"}, {"unit", "91500230MADEMA01XB"}, {"inspected_until", "2027-01-31"}};
}

int evaluated(Attempts& attempts, FakeClock& clock, const std::string& login, const std::string& address, int guesses,
              milliseconds between) {
  int count = 0;
  for (int i = 0; i < guesses; ++i) {
    if (attempts.begin(login, address)) ++count;
    clock.advance(between);
  }
  return count;
}

TEST(Attempts, begin_lets_few_of_ten_thousand_guesses_through) {
  FakeClock clock;
  Attempts attempts(clock);
  EXPECT_LE(evaluated(attempts, clock, "admin", "192.0.2.1", 10'000, milliseconds(10)), 20);
}

TEST(Attempts, begin_counts_a_login_over_many_addresses_and_an_address_over_many_logins) {
  FakeClock clock;
  Attempts attempts(clock);
  int by_addresses = 0, by_logins = 0;
  for (int i = 0; i < 1000; ++i) {
    if (attempts.begin("admin", "192.0.2." + std::to_string(i))) ++by_addresses;
    if (attempts.begin("login" + std::to_string(i), "198.51.100.1")) ++by_logins;
  }
  EXPECT_LE(by_addresses, 6);
  EXPECT_LE(by_logins, 16);
}

TEST(Attempts, begin_says_how_long_to_wait_and_waits_ever_longer) {
  FakeClock clock;
  Attempts attempts(clock);
  std::vector<int64_t> waits;
  while (waits.size() < 12) {
    const auto may = attempts.begin("admin", "192.0.2.1");
    if (may) continue;
    EXPECT_EQ(may.error().code, Code::too_many_attempts);
    waits.push_back(may.error().details.at("retry_after_seconds").get<int64_t>());
    clock.advance(seconds(waits.back()));
  }
  EXPECT_EQ(waits, (std::vector<int64_t>{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}));
}

TEST(Attempts, begin_keeps_strangers_from_locking_the_owner_out) {
  FakeClock clock;
  Attempts attempts(clock);
  ASSERT_TRUE(attempts.begin("admin", "203.0.113.5"));
  attempts.succeeded("admin", "203.0.113.5");
  evaluated(attempts, clock, "admin", "192.0.2.1", 10'000, milliseconds(1));
  EXPECT_FALSE(attempts.begin("admin", "192.0.2.2"));    // a stranger elsewhere waits
  EXPECT_TRUE(attempts.begin("admin", "203.0.113.5"));   // the owner, where they were before, does not
}

TEST(Attempts, succeeded_gives_no_free_guesses_at_other_logins) {
  FakeClock clock;
  Attempts attempts(clock);
  int count = 0;
  for (int i = 0; i < 200; ++i) {
    if (attempts.begin("own", "192.0.2.1")) attempts.succeeded("own", "192.0.2.1");
    if (attempts.begin("victim" + std::to_string(i), "192.0.2.1")) ++count;
  }
  EXPECT_LE(count, 16);
}

TEST(Sessions, end_after_twelve_hours) {
  test::Service service;
  const std::string token = service.token("auditor");
  service.clock.advance(hours(12) - seconds(1));
  EXPECT_EQ(service.ask({"GET", "/api/v1/me", "auditor"}).status, 200);
  service.clock.advance(seconds(1));
  EXPECT_EQ(service.ask({"GET", "/api/v1/me", "auditor"}).code(), "unauthenticated");
}

TEST(Sessions, and_answers_survive_a_restart) {
  test::Service service;
  const test::Ask ask = {"POST", "/api/v1/machines", "applicant", a_machine(), {{"idempotency-key", "once"}}};
  const Got first = service.ask(ask);
  ASSERT_EQ(first.status, 201) << first.body;
  const int64_t entries = service.entries();
  service.restart();
  const Got again = service.ask(ask);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body.at("id"), first.body.at("id"));
  EXPECT_EQ(again.body.at("receipt"), first.body.at("receipt"));
  EXPECT_EQ(again.body.at("replayed"), true);
  EXPECT_EQ(service.entries(), entries);
}

TEST(Sessions, are_stored_by_hash_alone) {
  test::Service& service = test::shared_service();
  const std::string& token = service.token("admin");
  const std::string account = text_of(service.ask({"GET", "/api/v1/me", "admin"}).body, "id");
  for (const Session& session : service.app().engine().read()->sessions(account)) {
    EXPECT_NE(std::string(bytes_of(session.token_hash)), token);
    EXPECT_EQ(session.token_hash, sha256(token));
  }
}

TEST(Service, is_unready_while_it_drains) {
  test::Service service;
  service.app().api().drain();
  const Got got = service.ask({"GET", "/readyz", ""});
  EXPECT_EQ(got.status, 503);
  EXPECT_EQ(got.body.at("reasons"), Json::array({"draining"}));
}

TEST(Service, refuses_commands_after_a_clock_jump_until_an_administrator_confirms) {
  test::Service service;
  for (const char* login : {"applicant", "admin"}) service.token(login);
  service.clock.jump(hours(1));
  EXPECT_EQ(service.ask({"POST", "/api/v1/machines", "applicant", a_machine()}).code(), "clock_suspect");
  EXPECT_EQ(service.ask({"GET", "/readyz", ""}).body.at("reasons"), Json::array({"clock_suspect"}));
  EXPECT_EQ(service.ask({"POST", "/api/v1/clock/confirmations", "admin"}).status, 204);
  EXPECT_EQ(service.ask({"GET", "/readyz", ""}).status, 200);
  EXPECT_EQ(service.ask({"POST", "/api/v1/machines", "applicant", a_machine()}).status, 201);
}

}  // namespace
}  // namespace sparkgate
