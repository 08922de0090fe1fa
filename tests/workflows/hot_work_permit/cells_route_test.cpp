// The table of cells asked of the interface, the whole way: of each event one state that allows it and one that does
// not, for every role.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "api/api.h"
#include "tests/support/jpeg.h"
#include "tests/support/permit_states.h"

namespace sparkgate {
namespace {

using test::Town;

struct Table {
  std::vector<std::string> states, logins;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> cells;  // by state and event, as `logins`
};

Table golden() {
  Table out;
  std::ifstream file(std::string(SOURCE_DIR) + "/tests/workflows/hot_work_permit/cells.txt");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string first;
    words >> first;
    std::vector<std::string> rest;
    for (std::string word; words >> word;) rest.push_back(word);
    if (first == "==") {
      out.states.push_back(rest.front());
    } else if (first == "applicant") {
      rest.insert(rest.begin(), first);
      out.logins = rest;
    } else if (!first.empty() && first != "#") {
      out.cells[{out.states.back(), first}] = rest;
    }
  }
  return out;
}

// One permit in one state, a session for everybody, and the interface before it.
class Office {
 public:
  explicit Office(const std::string& state)
      : permit_(permit_in(town_, state)),
        anchoring_(town_.engine(), {}),
        api_(town_.engine(), town_.packs(), anchoring_, {photos_.path(), "test", [](const std::string&) {}}),
        sessions_(town_.engine()) {}

  api::Response send(const std::string& login, const std::string& event) {
    const auto session = sessions_.open(town_.actor(login).account, "session", "", hours(1));
    api::Request request;
    request.method = "POST";
    request.path = "/api/v1/permits/" + permit_ + "/" + event;
    request.headers = {{"authorization", "Bearer " + session->token},
                       {"content-type", "application/json"},
                       {"if-match", "\"" + std::to_string(town_.get(permit_)->version) + "\""}};
    Json body = town_.payload(permit_, event);
    if (body.contains("photo")) body["photo"] = photo(session->token);
    if (body.contains("photos")) body["photos"] = {photo(session->token)};
    request.body = body.dump();
    return api_.handle(request);
  }

 private:
  std::string photo(const std::string& token) {
    api::Request request;
    request.method = "POST";
    request.path = "/api/v1/photos";
    request.headers = {{"authorization", "Bearer " + token}, {"content-type", "image/jpeg"}};
    request.body = test::a_jpeg();
    return text_of(*parse_json(api_.handle(request).body), "sha256");
  }

  Town town_;
  const test::TempFolder photos_;
  const std::string permit_;
  api::Anchoring anchoring_;
  api::Api api_;
  api::Sessions sessions_;
};

class PermitRoutes : public testing::Test {
 protected:
  // The state to ask in: the last that lets anybody do it, or the first that lets nobody.
  std::string state_for(const std::string& event, bool allowed) const {
    std::string found;
    for (const std::string& state : table.states) {
      const auto& row = table.cells.at({state, event});
      const bool is_allowed = std::find(row.begin(), row.end() - 1, "yes") != row.end() - 1;  // `system` sends nothing
      if (is_allowed != allowed) continue;
      found = state;
      if (!allowed) break;
    }
    return found;
  }

  std::string answer(const std::string& state, const std::string& event, const std::string& login) {
    auto& office = offices_[state];
    if (!office) office = std::make_unique<Office>(state);
    const api::Response response = office->send(login, event);
    if (response.status == 200) {
      office.reset();  // it has moved on
      return "done";
    }
    const std::string code = text_of(*parse_json(response.body), "code");
    return code == "role_required" ? "." : code == "wrong_state" ? "-" : code;
  }

  // A cell cannot know the body: what it allows may still be refused for what the body says, a hold also because its
  // release is another role's.
  void compare(const std::string& cell, const std::string& actual, const std::string& where) const {
    if (cell == "yes") {
      const bool another_role = actual == "." && !where.starts_with("release_hold");
      EXPECT_TRUE(!another_role && actual != "-" && actual != "not_found") << where << ": " << actual;
    } else {
      EXPECT_EQ(actual, cell) << where;
    }
  }

  const Table table = golden();

 private:
  std::map<std::string, std::unique_ptr<Office>> offices_;
};

TEST_F(PermitRoutes, answer_as_the_cells_say) {
  ASSERT_EQ(table.states.size(), 15u);
  std::set<std::string> done, possible;
  for (const auto& [key, row] : table.cells) {
    const auto& [first_state, event] = key;
    if (first_state != table.states.front()) continue;  // each event once
    for (const bool allowed : {true, false}) {
      const std::string state = state_for(event, allowed);
      if (state.empty()) continue;
      if (allowed) possible.insert(event);
      const auto& cells = table.cells.at({state, event});
      for (size_t i = 0; i + 1 < table.logins.size(); ++i) {
        const std::string actual = answer(state, event, table.logins[i]);
        compare(cells[i], actual, event + " by " + table.logins[i] + " in " + state);
        if (actual == "done") done.insert(event);
      }
    }
  }
  EXPECT_EQ(done, possible) << "an event that nobody could bring about";
  EXPECT_GE(possible.size(), 20u);
}

}  // namespace
}  // namespace sparkgate
