// Every (state, event, role) cell of the permit's lifecycle against cells.txt, a table that a fire officer can read.
// SPARKGATE_UPDATE_GOLDEN=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/support/town.h"

namespace sparkgate {
namespace {

using test::Town;

const std::vector<std::string> k_logins = {"applicant",   "site_owner", "operator",    "fire_watch",
                                           "supervisor1", "grid_worker", "inspector",  "enforcement",
                                           "intake",      "auditor",    "admin",       "system"};

// Each state, reached with everything in order that the next step needs.
std::string permit_in(Town& town, const std::string& state) {
  if (state == "QualificationCheck") {
    Json application = town.application();
    application.erase("tank_bund");  // unknown: a person must decide
    const std::string id = town.draft(application);
    town.must("applicant", id, "submit");
    return id;
  }
  if (state == "Returned") {
    const std::string id = town.draft(town.application({{"operators", {"T500230199506180642"}}}));
    town.must("applicant", id, "submit");
    return id;
  }
  const std::string id = town.draft();
  const std::map<std::string, std::pair<std::string, std::string>> ends = {
      {"Rejected", {"UnderReview", "reject"}}, {"Withdrawn", {"UnderReview", "withdraw"}},
      {"Revoked", {"Approved", "revoke"}}, {"Expired", {"Approved", ""}}};
  if (const auto end = ends.find(state); end != ends.end()) {
    const auto& [from, event] = end->second;
    town.lead(id, from);
    if (event.empty()) {
      town.clock.advance(hours(10));
      EXPECT_TRUE(town.engine().tick());
    } else {
      town.must(event == "withdraw" ? "applicant" : "supervisor1", id, event, town.payload(id, event));
    }
    return id;
  }
  town.lead(id, state);
  if (state == "UnderReview") town.must("site_owner", id, "consent", town.payload(id, "consent"));
  if (state == "SiteReady") town.make_site_fit(id);
  if (state == "InProgress") town.must("supervisor1", id, "suspend", {{"reason", "试验"}});
  if (state == "InProgress") town.must("supervisor1", id, "release_hold", {{"hold", 1}, {"reason", "试验"}});
  if (state == "InProgress") town.must("applicant", id, "resume");
  if (state == "FireWatch") town.clock.advance(minutes(60));
  return id;
}

std::string suspended(Town& town) {
  const std::string id = permit_in(town, "InProgress");
  town.must("applicant", id, "suspend", {{"reason", "午休"}});
  return id;
}

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
    const std::string id = state.name == "Suspended" ? suspended(fresh) : permit_in(fresh, state.name);
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
