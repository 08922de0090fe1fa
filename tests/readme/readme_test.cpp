// The README's commands, run as they stand by bash against the real service; only `sleep` is ours: it turns the
// service's clock instead of waiting.
#include <gtest/gtest.h>

#include <fstream>

#include "admin/demo.h"
#include "api/http_server.h"
#include "tests/support/command_line.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

namespace sparkgate {
namespace {

/// The real clock, and what has been slept.
class SkippingClock final : public Clock {
 public:
  Time wall() const override { return system_.wall() + milliseconds(skipped_); }
  milliseconds steady() const override { return system_.steady() + milliseconds(skipped_); }
  void skip(seconds by) { skipped_ += milliseconds(by).count(); }

 private:
  SystemClock system_;
  std::atomic<int64_t> skipped_ = 0;
};

// The bash blocks between the marks, in order.
std::string life_of_readme() {
  const std::string text = test::content_of(SOURCE_DIR "/README.md");
  const size_t end = text.find("<!-- /life -->");
  std::string script;
  for (size_t at = text.find("```bash\n", text.find("<!-- life:")); at < end; at = text.find("```bash\n", at)) {
    at += 8;
    const size_t stop = text.find("```", at);
    script += text.substr(at, stop - at);
    at = stop + 3;
  }
  return script;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

TEST(Readme, its_life_of_a_permit_runs_as_written) {
  SkippingClock clock;
  SystemRandom random;
  test::TempFolder folder;
  admin::App::Options options;
  options.data = folder.path() / "data";
  auto app = admin::App::open(options, clock, random);
  ASSERT_TRUE(app) << describe(app.error());
  ASSERT_TRUE(admin::load_demo(**app, "change me soon"));
  const auto handle = [&](const api::Request& request) {
    if (request.path == "/sleep") {
      clock.skip(seconds(std::stoi(request.query.find("seconds")->second)));
      (void)(*app)->engine().tick();
      return api::Response();
    }
    return (*app)->api().handle(request);
  };
  auto server = api::HttpServer::start({}, handle);
  ASSERT_TRUE(server) << describe(server.error());

  const std::string address = "127.0.0.1:" + std::to_string((*server)->port());
  const std::string life = life_of_readme();
  ASSERT_NE(life.find("act applicant finish"), life.npos);
  std::ofstream(folder.path() / "life.sh")
      << "sleep() { curl -s \"http://" << address << "/sleep?seconds=$1\"; }\n"
      << replaced(life, "127.0.0.1:8080", address);
  const std::string script = (folder.path() / "life.sh").string();
  const std::string out = test::run("cd '" SOURCE_DIR "' && bash '" + script + "'").output;

  size_t at = 0;
  for (const char* expected :
       {"\nUnderReview\n", "\"code\":\"conditions_unmet\"", "\nInProgress\n", "\"code\":\"watch_not_over\"",
        "\nClosed\n", "\"stage\":\"start\"", "\"type\":\"accept\""}) {
    const size_t found = out.find(expected, at);
    ASSERT_NE(found, out.npos) << "no " << expected << " in\n" << out;
    at = found;
  }
}

}  // namespace
}  // namespace sparkgate
