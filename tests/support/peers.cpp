#include "tests/support/peers.h"

#include <stdexcept>

#include "engine/base/json.h"
#include "tests/support/command_line.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {
namespace {

const std::string k_peers = SOURCE_DIR "/tests/peers/";
const std::string k_modules = SOURCE_DIR "/build-peers/node_modules";
const std::string k_go_source = "/usr/share/gocode";  // where Debian's golang-*-dev packages are

std::string quoted(const std::string& text) { return "'" + text + "'"; }

std::vector<Json> ask(const std::string& command, const std::vector<Json>& questions) {
  const TempFolder folder;
  std::string lines;
  for (const Json& question : questions) lines += question.dump() + "\n";
  const auto in = write_file(folder.path() / "in", lines), out = folder.path() / "out";
  const auto ran = run(command + " <" + quoted(in) + " >" + quoted(out));
  std::vector<Json> answers;
  std::istringstream text(content_of(out));
  for (std::string line; std::getline(text, line);) answers.push_back(parse_json(line).value());
  if (ran.status != 0 || answers.size() != questions.size()) throw std::runtime_error(command + ": " + ran.output);
  return answers;
}

}  // namespace

std::string missing_npm(const std::string& package) {
  if (!has_program("node")) return "there is no node; tests/run installs it";
  if (!std::filesystem::exists(k_modules + "/" + package))
    return "npm's " + package + " is missing; tests/run installs it";
  return "";
}

std::string missing_go() {
  if (!has_program("go")) return "there is no go; tests/run installs it";
  if (!std::filesystem::exists(k_go_source + "/src/golang.org/x/mod")) {
    return "golang-golang-x-mod-dev is missing; tests/run installs it";
  }
  return "";
}

std::vector<Json> ask_node(const std::string& script, const std::vector<Json>& questions) {
  return ask("NODE_PATH=" + quoted(k_modules) + " node " + quoted(k_peers + script), questions);
}

std::vector<Json> ask_go(const std::string& program, const std::vector<Json>& questions) {
  const std::string cache = SOURCE_DIR "/build-peers/go";
  return ask("GO111MODULE=off GOFLAGS= GOPATH=" + k_go_source + " GOCACHE=" + quoted(cache) + " go run " +
                 quoted(k_peers + program),
             questions);
}

}  // namespace sparkgate::test
