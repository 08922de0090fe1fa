// Every (state, event, role) cell of the permit's lifecycle against cells.txt, a table that a fire officer can read.
// SPARKGATE_UPDATE_GOLDEN=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "engine/base/codes.h"
#include "tests/support/permit_states.h"

namespace sparkgate {
namespace {

using test::Town;

const std::vector<std::string> k_logins = {"applicant",   "site_owner", "operator",    "fire_watch",
                                           "supervisor1", "grid_worker", "inspector",  "enforcement",
                                           "intake",      "auditor",    "admin",       "system"};

std::string cell(Town& town, const std::string& id, const std::string& event, const std::string& login) {
  const InstancePtr permit = town.get(id);
  const Actor actor = town.actor(login);
  const auto reader = town.engine().read();
  const ReaderView view(*reader);
  const Situation situation{*permit, event, actor, town.clock.wall(), view, town.engine().random()};
  const auto may = town.permits().assess(situation);
  if (may) return "yes";
  const std::map<Code, std::string> marks = {{Code::role_required, "."}, {Code::wrong_state, "-"}};
  const auto mark = marks.find(may.error().code);
  return mark != marks.end() ? mark->second : std::string(refusal_row(may.error().code).name);
}

void write_row(std::ostream& out, const std::string& head, const std::vector<std::string>& cells) {
  out << head << std::string(head.size() < 20 ? 20 - head.size() : 1, ' ');
  for (const std::string& text : cells) out << text << std::string(text.size() < 13 ? 13 - text.size() : 1, ' ');
  out << "\n";
}

std::string table() {
  std::ostringstream out;
  out << "# Who may do what, when. yes: may; .: not this role's; -: not in this state; a word: why not.\n"
      << "# 谁在何时可做什么。yes：可以；.：非该角色；-：该状态下不可；其余为拒绝代码。\n";
  Town town;
  for (const StateSpec& state : town.permits().description().states) {
    Town fresh;
    const std::string id = test::permit_in(fresh, state.name);
    EXPECT_EQ(fresh.state(id), state.name);
    out << "\n== " << state.name << " " << state.label.zh << "\n";
    write_row(out, "", k_logins);
    for (const EventSpec& event : town.permits().description().events) {
      if (event.creates) continue;
      std::vector<std::string> cells;
      for (const std::string& login : k_logins) cells.push_back(cell(fresh, id, event.name, login));
      write_row(out, event.name, cells);
    }
  }
  std::string text = out.str();
  for (size_t at = text.find(" \n"); at != text.npos; at = text.find(" \n")) text.erase(at, 1);
  return text;
}

TEST(PermitCells, are_as_the_table_says) {
  const std::string path = std::string(SOURCE_DIR) + "/tests/workflows/hot_work_permit/cells.txt";
  const std::string now = table();
  if (std::getenv("SPARKGATE_UPDATE_GOLDEN")) std::ofstream(path) << now;
  std::ifstream file(path);
  std::stringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(now, golden.str());
}

}  // namespace
}  // namespace sparkgate
