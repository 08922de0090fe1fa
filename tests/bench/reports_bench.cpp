// Public reports beside permits: reports_bench PORT PID [reports a second] [seconds]. Each report is a page, its form
// after the three seconds that nobody is faster than, its own page, and a file of 1 MB from there. Meanwhile commands
// to permits (PERMITS, TOKEN, AT from the environment, as transitions.lua has them). Says how many reports came
// through, whether every receipt code then shows its report with its file, the service's peak memory, and what a
// command took without and with the reports.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <mutex>
#include <random>
#include <sstream>
#include <thread>

#include "tests/support/raw_http.h"
#include "tests/support/report_browser.h"

namespace sparkgate::test {
namespace {

using Ticks = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr auto k_patience = std::chrono::milliseconds(4100);  // a token counts whole seconds: three and a bit
constexpr size_t k_file_bytes = 1'000'000;
constexpr int k_commands_a_second = 20;
constexpr int k_checkers = 32;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  if (!value) throw std::runtime_error(std::string(name) + " is not set");
  return value;
}

struct Figures {
  std::mutex mutex;
  std::vector<double> milliseconds;
  void add(double value) {
    const std::lock_guard lock(mutex);
    milliseconds.push_back(value);
  }
  double at(double part) {
    if (milliseconds.empty()) return 0;
    std::sort(milliseconds.begin(), milliseconds.end());
    return milliseconds[static_cast<size_t>(part * static_cast<double>(milliseconds.size() - 1))];
  }
  void print(const char* what) {
    std::printf("%s: %zu, p50 %.1f ms, p99 %.1f ms, most %.1f ms\n", what, milliseconds.size(), at(0.5), at(0.99),
                at(1));
  }
};

// One gas test after the other, at an even pace.
void send_commands(uint16_t port, const std::atomic<bool>& is_over, Figures& took) {
  std::vector<std::string> permits;
  std::istringstream list(environment("PERMITS"));
  for (std::string id; std::getline(list, id, ',');) permits.push_back(id);
  const std::string body = "{\"sampled_at\":\"" + environment("AT") +
                           "\",\"readings\":[{\"point\":\"a\",\"substance\":\"methane\",\"lel_percent\":\"5\","
                           "\"reading_percent\":\"0.1\"}],\"instrument\":\"DEMO-GD-01\"}";
  const Fields fields = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + environment("TOKEN")}};
  HttpClient client(port);
  const auto begun = Ticks::now();
  for (size_t n = 0; !is_over; ++n) {
    std::this_thread::sleep_until(begun + std::chrono::milliseconds(n * 1000 / k_commands_a_second));
    const auto sent = Ticks::now();
    const Answer answer =
        client.request("POST", "/api/v1/permits/" + permits[n % permits.size()] + "/gas_test", fields, body);
    if (answer.status != 200)
      throw std::runtime_error("a command was answered " + std::to_string(answer.status) + answer.body);
    took.add(Milliseconds(Ticks::now() - sent).count());
  }
}

struct Sent {
  std::string code, file;
};

struct Load {
  uint16_t port;
  std::mutex mutex;
  std::vector<Sent> sent;
  std::atomic<int> failed = 0, turned_away = 0;
  Figures form, upload;

  void fail(const char* where, const WebPage& page) {
    if (++failed <= 5) std::fprintf(stderr, "%s was answered %d\n", where, page.status);
  }
};

bool send_file(Load& load, ReportBrowser& browser, const std::string& name, const std::string& bytes) {
  for (int tries = 0; tries < 600; ++tries) {
    const auto begun = Ticks::now();
    const WebPage page = browser.upload(name, "image/jpeg", bytes);
    if (page.status == 200) return load.upload.add(Milliseconds(Ticks::now() - begun).count()), true;
    if (page.status != 503 && page.status != 0) return load.fail("a file", page), false;
    ++load.turned_away;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    browser.open("/report/mine");  // the answer had no form
    std::this_thread::sleep_for(k_patience);
  }
  return false;
}

void report(Load& load, size_t number, const std::string& bytes) {
  ReportBrowser browser(load.port);
  WebPage page = browser.open("/report/new");
  if (page.status != 200) return load.fail("the form's page", page);
  const auto send_form = [&] {
    std::this_thread::sleep_for(k_patience);
    const auto begun = Ticks::now();
    page = browser.post("/report/new", {{"category", "no_permit"},
                                        {"address", "gate"},
                                        {"text", "report " + std::to_string(number)},
                                        {"answer", answer_to_question(page.body)}});
    load.form.add(Milliseconds(Ticks::now() - begun).count());
  };
  send_form();
  if (page.status == 422) send_form();  // meanwhile so many had come that a question is asked
  if (page.status != 201) return load.fail("a form", page);
  const Sent sent{code_on(page.body), "load-" + std::to_string(number) + ".jpg"};
  page = browser.open("/report/mine");
  if (page.status != 200) return load.fail("its own page", page);
  std::this_thread::sleep_for(k_patience);
  if (!send_file(load, browser, sent.file, bytes)) return void(++load.failed);
  const std::lock_guard lock(load.mutex);
  load.sent.push_back(sent);
}

// One token serves all the codes of a checker.
int missing(const Load& load, size_t from) {
  ReportBrowser browser(load.port);
  browser.open("/report/return");
  const std::string token = browser.token_for("/report/return");
  const auto cookies = browser.cookies;
  std::this_thread::sleep_for(k_patience);
  int out = 0;
  for (size_t i = from; i < load.sent.size(); i += k_checkers) {
    browser.cookies = cookies;
    const std::string body = "token=" + token + "&receipt=" + percent_encoded(load.sent[i].code);
    const int back = browser.send("POST", "/report/return", "application/x-www-form-urlencoded", body).status;
    const WebPage own = browser.open("/report/mine");
    if (own.body.find(load.sent[i].file) != std::string::npos) continue;
    if (out++ == 0) std::fprintf(stderr, "a code was answered %d, its page %d\n", back, own.status);
  }
  return out;
}

int count_missing(const Load& load) {
  std::atomic<int> out = 0;
  std::vector<std::jthread> threads;
  for (size_t i = 0; i < k_checkers; ++i) threads.emplace_back([&, i] { out += missing(load, i); });
  threads.clear();
  return out;
}

double peak_mib(const std::string& pid) {
  std::ifstream in("/proc/" + pid + "/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
  }
  return 0;
}

void commands_during(uint16_t port, Figures& took, const std::function<void()>& work) {
  std::atomic<bool> is_over = false;
  const std::jthread thread([&] { send_commands(port, is_over, took); });
  work();
  is_over = true;
}

// Each by a thread of its own, begun at its time whatever the others take.
double send_reports(Load& load, int rate, int seconds) {
  std::string bytes(k_file_bytes, '\0');
  std::mt19937_64 dice(1);
  for (char& c : bytes) c = static_cast<char>(dice());
  std::vector<std::jthread> threads;
  const auto begun = Ticks::now();
  for (int n = 0; n < rate * seconds; ++n) {
    std::this_thread::sleep_until(begun + std::chrono::microseconds(1'000'000LL * n / rate));
    threads.emplace_back([&load, &bytes, n] { report(load, static_cast<size_t>(n), bytes); });
  }
  threads.clear();
  return std::chrono::duration<double>(Ticks::now() - begun).count();
}

int bench(uint16_t port, const std::string& pid, int rate, int seconds) {
  Figures quiet, beside;
  commands_during(port, quiet, [&] { std::this_thread::sleep_for(std::chrono::seconds(seconds / 2)); });
  const double before = peak_mib(pid);
  Load load{.port = port};
  double took = 0;
  commands_during(port, beside, [&] { took = send_reports(load, rate, seconds); });
  const double peak = peak_mib(pid);
  const int lost = count_missing(load);
  const int all = rate * seconds;
  std::printf("%d reports with 1 MB each, begun at %d/s: %zu came through in %.0f s (%.1f/s), %d failed\n", all, rate,
              load.sent.size(), took, static_cast<double>(load.sent.size()) / took, load.failed.load());
  load.form.print("a form");
  load.upload.print("a file");
  std::printf("files turned away (eight at once) and sent again: %d\n", load.turned_away.load());
  std::printf("receipt codes that do not show their report with its file: %d\n", lost);
  std::printf("the service's peak memory: %.0f MiB before, %.0f MiB after\n", before, peak);
  quiet.print("commands to permits, quiet");
  beside.print("commands to permits, beside reports");
  std::printf("p99 beside reports: %.1f times the quiet one\n", beside.at(0.99) / std::max(quiet.at(0.99), 0.1));
  return lost == 0 && load.sent.size() == static_cast<size_t>(all) ? 0 : 1;
}

}  // namespace
}  // namespace sparkgate::test

int main(int argc, char** argv) {
  if (argc < 3) return std::fprintf(stderr, "usage: reports_bench PORT PID [reports a second] [seconds]\n"), 64;
  const auto given = [&](int n, int otherwise) { return argc > n ? std::atoi(argv[n]) : otherwise; };
  return sparkgate::test::bench(static_cast<uint16_t>(given(1, 0)), argv[2], given(3, 50), given(4, 60));
}
