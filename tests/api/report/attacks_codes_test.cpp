// Guessing receipt codes, and what an answer tells of one: nothing but that there is no report behind it.
#include <gtest/gtest.h>

#include <atomic>
#include <regex>
#include <set>
#include <thread>

#include "api/report/source_sessions.h"
#include "certs/receipt_code.h"
#include "tests/support/report_house.h"

namespace sparkgate {
namespace {

using test::ReportBrowser;
using test::ReportHouse;
using test::WebPage;

// Head and body but for the token and the time, whose lengths stay.
std::string without_chance(const WebPage& page) {
  static const std::regex token("name=\"token\" value=\"[0-9]+\\.[0-9a-f]{64}\"");
  static const std::regex cookie("(__Host-[a-z-]*=)[A-Za-z0-9_-]{20,}");
  const std::string head = std::regex_replace(page.head, cookie, "$1…");
  static const std::regex date("\r\n[Dd]ate: [^\r]*");
  return std::regex_replace(head, date, "") + "\n" + std::regex_replace(page.body, token, "…");
}

std::string new_code(Random& random) { return std::string(ReceiptCode::generate(random).text().view()); }

TEST(GuessedCode, unknown_erased_and_malformed_ones_are_answered_with_the_same_bytes) {
  ReportHouse house;
  SystemRandom random;
  const std::string erased = house.erased_code();
  std::string wrong_check = new_code(random);
  wrong_check.back() = wrong_check.back() == '0' ? '1' : '0';
  ReportBrowser browser = house.browser();
  browser.open("/report/return");
  house.wait();
  std::set<std::string> answers;
  size_t asked = 0;
  for (const std::string& code :
       {erased, new_code(random), new_code(random), wrong_check, std::string(), std::string("no code at all"),
        std::string(21, '0'), std::string(5000, 'A'), std::string("\xff\xfe"), std::string("' OR 1=1 --"),
        std::string("<script>alert(1)</script>"), std::string("７Ｑ４Ｍ"), std::string("\u202E7Q4M")}) {
    ReportBrowser one = house.browser();
    one.open("/report/return");
    house.wait();
    const WebPage page = one.post("/report/return", {{"receipt", code}});
    EXPECT_EQ(page.status, code == "\xff\xfe" ? 422 : 404) << code;
    if (page.status == 404) answers.insert(without_chance(page));
    ++asked;
  }
  EXPECT_EQ(answers.size(), 1u);
  for (const std::string& answer : answers)
    std::printf("%zu codes asked, one answer of %zu bytes\n", asked, answer.size());
}

TEST(GuessedCode, thousands_in_parallel_open_nothing) {
  ReportHouse house;
  std::string code;
  house.reporter("somewhere among 2^100", &code);
  constexpr int k_threads = 8, k_guesses = 250;
  std::atomic<int> opened = 0, alike = 0;
  const auto guess = [&](int number) {
    ReportBrowser browser = house.browser();
    browser.open("/report/return");
    house.wait();
    std::mt19937_64 dice(static_cast<uint64_t>(number));
    SystemRandom random;
    std::string first;
    for (int i = 0; i < k_guesses; ++i) {
      // One symbol off the right one is as far away as any other.
      std::string near = code;
      near[dice() % 4] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[dice() % 32];
      const std::string guessed = i % 2 == 0 || near == code ? new_code(random) : near;
      const WebPage page = browser.post("/report/return", {{"receipt", guessed}});
      // Hours go by: a token's seconds get another digit.
      static const std::regex length("[Cc]ontent-[Ll]ength: [0-9]*");
      const std::string answer = std::regex_replace(without_chance(page), length, "");
      if (first.empty()) first = answer;
      opened += page.status != 404;
      alike += answer == first;
      house.wait();  // the answer's form has a new token
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < k_threads; ++i) threads.emplace_back(guess, i);
  }
  EXPECT_EQ(opened, 0);
  EXPECT_EQ(alike, k_threads * k_guesses);
  ReportBrowser back = house.browser();
  back.open("/report/return");
  house.wait();
  EXPECT_EQ(back.post("/report/return", {{"receipt", code}}).status, 200) << "its own code opens it";
  std::printf("%d codes guessed by %d at once, none opened anything, %d answers alike\n", k_threads * k_guesses,
              k_threads, alike.load());
}

// Tokens are made of nothing that is kept; what is kept of those who came back is bounded.
TEST(GuessedCode, a_flood_of_pages_and_of_returns_is_kept_nowhere) {
  test::FakeClock clock;
  test::SeededRandom random;
  api::SourceSessions sessions(clock, random);
  const auto keys = [&] { return SourceKeys::derive(ReceiptCode::generate(random), "salt"); };
  const std::string first = sessions.open(keys());
  clock.advance(seconds(1));
  constexpr int k_most = 10'000;
  for (int i = 1; i < k_most; ++i) sessions.open(keys());
  EXPECT_TRUE(sessions.find(first)) << "there is room for so many";
  const std::string last = sessions.open(keys());
  int gone = 0;
  for (int i = 0; i < 10; ++i) sessions.open(keys());
  gone += !sessions.find(first);
  EXPECT_TRUE(sessions.find(last));
  clock.advance(minutes(31));
  EXPECT_FALSE(sessions.find(last));
  std::printf("%d sessions opened, %d of the first kept\n", k_most + 11, 1 - gone);
}

}  // namespace
}  // namespace sparkgate
