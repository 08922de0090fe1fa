#include "tests/support/cells.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "engine/base/codes.h"
#include "tests/support/files.h"

namespace sparkgate::test {
namespace {

const std::vector<std::string> k_logins = {"applicant",   "site_owner", "operator",    "fire_watch",
                                           "supervisor1", "grid_worker", "inspector",  "enforcement",
                                           "intake",      "auditor",    "admin",       "system"};

std::string cell(Town& town, const std::string& id, const std::string& event, const std::string& login) {
  const InstancePtr instance = town.get(id);
  const Actor actor = town.actor(login);
  const auto reader = town.engine().read();
  const ReaderView view(*reader);
  const Situation situation{*instance, event, actor, town.clock.wall(), view, town.engine().random()};
  const auto may = town.workflow(instance->workflow).assess(situation);
  if (may) return "yes";
  const std::map<Code, std::string> marks = {{Code::role_required, "."}, {Code::wrong_state, "-"}};
  const auto mark = marks.find(may.error().code);
  return mark != marks.end() ? mark->second : std::string(refusal_row(may.error().code).name);
}

void write_row(std::ostream& out, const std::string& head, const std::vector<std::string>& cells) {
  std::string line = head + std::string(head.size() < 20 ? 20 - head.size() : 1, ' ');
  for (const std::string& text : cells) line += text + std::string(text.size() < 13 ? 13 - text.size() : 1, ' ');
  line.erase(line.find_last_not_of(' ') + 1);
  out << line << "\n";
}

}  // namespace

std::string cells_legend() {
  return "# Who may do what, when. yes: may; .: not this role's; -: not in this state; a word: why not.\n"
         "# 谁在何时可做什么。yes：可以；.：非该角色；-：该状态下不可；其余为拒绝代码。\n";
}

std::string cells_of(Town& town, const std::string& id) {
  std::ostringstream out;
  write_row(out, "", k_logins);
  for (const EventSpec& event : town.workflow(town.get(id)->workflow).description().events) {
    if (event.creates) continue;
    std::vector<std::string> cells;
    for (const std::string& login : k_logins) cells.push_back(cell(town, id, event.name, login));
    write_row(out, event.name, cells);
  }
  return out.str();
}

void expect_golden(const std::string& file, const std::string& now) {
  const std::string path = std::string(SOURCE_DIR) + "/" + file;
  if (std::getenv("SPARKGATE_UPDATE_GOLDEN")) std::ofstream(path) << now;
  EXPECT_EQ(now, content_of(path));
}

}  // namespace sparkgate::test
