// Whether the time of an answer tells what was wrong with a receipt code: receipt_bench [samples of each kind]. Codes
// that never were, of a report that was erased, with a wrong check symbol, too short, and none at all are sent to the
// service over a loopback socket, in random order. Each kind is compared with the first: the difference of medians, and
// the chance of a difference as large where there is none (Mann-Whitney, two-sided).
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "certs/receipt_code.h"
#include "tests/support/report_house.h"

namespace sparkgate::test {
namespace {

constexpr double k_least_p = 0.001;

std::string new_code() {
  SystemRandom random;
  return std::string(ReceiptCode::generate(random).text().view());
}

std::string wrong_check() {
  std::string code = new_code();
  code.back() = code.back() == '0' ? '1' : '0';
  return code;
}

struct Kind {
  const char* name;
  std::function<std::string()> code;
  std::vector<double> microseconds = {};
};

double median(std::vector<double> all) {
  std::nth_element(all.begin(), all.begin() + static_cast<ptrdiff_t>(all.size() / 2), all.end());
  return all[all.size() / 2];
}

// Of so many samples the statistic is normal; ties are as good as none.
double mann_whitney_p(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<std::pair<double, int>> all;
  for (const double x : a) all.emplace_back(x, 0);
  for (const double x : b) all.emplace_back(x, 1);
  std::sort(all.begin(), all.end());
  double ranks = 0;
  for (size_t i = 0; i < all.size(); ++i) ranks += all[i].second == 0 ? static_cast<double>(i + 1) : 0;
  const auto n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
  const double u = ranks - n * (n + 1) / 2;
  const double z = (u - n * m / 2) / std::sqrt(n * m * (n + m + 1) / 12);
  return std::erfc(std::abs(z) / std::sqrt(2.0));
}

void ask(ReportHouse& house, std::vector<Kind>& kinds, size_t samples) {
  std::vector<std::pair<Kind*, std::string>> order;  // made beforehand: making them is none of the service's time
  for (Kind& kind : kinds) {
    for (size_t i = 0; i < samples; ++i) order.emplace_back(&kind, percent_encoded(kind.code()));
  }
  SystemRandom random;
  const std::string seed_bytes = random.bytes(8);
  std::seed_seq seed(seed_bytes.begin(), seed_bytes.end());
  std::mt19937_64 dice(seed);
  std::shuffle(order.begin(), order.end(), dice);
  ReportBrowser browser = house.browser();
  browser.open("/report/return");
  std::string token = browser.token_for("/report/return");
  house.wait();
  for (const auto& [kind, code] : order) {
    const std::string body = "token=" + token + "&receipt=" + code;
    const auto begun = std::chrono::steady_clock::now();
    const WebPage page = browser.send("POST", "/report/return", "application/x-www-form-urlencoded", body);
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
    if (page.status != 404) throw std::runtime_error("answered " + std::to_string(page.status));
    kind->microseconds.push_back(took.count());
  }
}

int bench(size_t samples) {
  ReportHouse house;
  for (int i = 0; i < 20; ++i) house.reporter("one of many");
  const std::string erased = house.erased_code();
  std::vector<Kind> kinds = {{"unknown", new_code},
                             {"erased", [&] { return erased; }},
                             {"wrong check symbol", wrong_check},
                             {"too short", [] { return std::string("7Q4M-0ZTX"); }},
                             {"none", [] { return std::string(); }}};
  ask(house, kinds, samples);
  std::printf("%zu samples of each kind, in random order\n", samples);
  int telling = 0;
  for (const Kind& kind : kinds) {
    const double p = mann_whitney_p(kinds[0].microseconds, kind.microseconds);
    const double middle = median(kind.microseconds), off = middle - median(kinds[0].microseconds);
    std::printf("%-20s median %7.1f us, %+6.1f us, p = %.3f\n", kind.name, middle, off, p);
    telling += p < k_least_p;
  }
  std::printf("%d kinds that their time tells apart\n", telling);
  return telling == 0 ? 0 : 1;
}

}  // namespace
}  // namespace sparkgate::test

int main(int argc, char** argv) {
  return sparkgate::test::bench(argc > 1 ? static_cast<size_t>(std::atoi(argv[1])) : 2000);
}
