// Runs tests/scenario/supervision.txt: what happens on site, minute by minute, straight through and over restarts.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/text.h"
#include "tests/support/town.h"

namespace sparkgate {
namespace {

using test::Town;
using test::trimmed;

struct Line {
  int number = 0;
  std::string minute, who, event, body, outcome, state, holds;
  std::string entries;  // instead of all these: what the system has done since minute 0
};

struct Case {
  std::string name, from;
  Json permit = Json::object(), pack = Json::object();
  int hours = 8;
  std::vector<Line> lines;
};

Line line_of(int number, const std::string& text) {
  Line line;
  line.number = number;
  std::stringstream cells(text);
  for (std::string* cell :
       {&line.minute, &line.who, &line.event, &line.body, &line.outcome, &line.state, &line.holds}) {
    std::getline(cells, *cell, '|');
    *cell = trimmed(*cell);
  }
  return line;
}

std::vector<Case> cases() {
  std::ifstream file(std::string(SOURCE_DIR) + "/tests/scenario/supervision.txt");
  std::vector<Case> out;
  std::string text;
  for (int number = 1; std::getline(file, text); ++number) {
    if (text.empty() || text[0] == '#') continue;
    const size_t colon = text.find(':');
    const std::string word = text.substr(0, colon), rest = colon == text.npos ? "" : trimmed(text.substr(colon + 1));
    if (word == "case") {
      out.emplace_back().name = rest;
    } else if (word == "from") {
      out.back().from = rest;
    } else if (word == "permit") {
      out.back().permit = Json::parse(rest);
    } else if (word == "pack") {
      out.back().pack = Json::parse(rest);
    } else if (word == "hours") {
      out.back().hours = std::stoi(rest);
    } else if (word == "entries") {
      out.back().lines.push_back({number, "", "", "", "", "", "", "", rest});
    } else {
      out.back().lines.push_back(line_of(number, text));
    }
  }
  return out;
}

class Play {
 public:
  Play(const Case& play, bool restarts) : restarts_(restarts) {
    if (!play.pack.empty()) town_.add_pack(play.pack);
    if (play.permit.contains("pack")) town_.offer_packs({text_of(play.permit, "pack")});
    id_ = town_.draft(town_.application(play.permit, hours(play.hours)));
    town_.lead(id_, "SiteReady");
    town_.make_site_fit(id_, play.from != "no check");
    begin_ = town_.clock.wall();
    entries_before_ = town_.get(id_)->version;
  }

  void run(const Line& line) {
    if (restarts_) town_.restart();
    if (!line.entries.empty()) {
      EXPECT_EQ(history(true), line.entries);
      return;
    }
    go_to(minutes(std::stoi(line.minute)));
    if (!line.event.empty()) {
      EXPECT_EQ(Town::outcome(town_.send(line.who, id_, line.event, body(line))), line.outcome);
    }
    EXPECT_EQ(town_.state(id_), line.state);
    EXPECT_EQ(holds(), line.holds);
  }

  /// "start 0, round 59, …": every entry since minute 0, each with its minute.
  std::string history(bool by_system_alone = false) {
    std::string out;
    for (const auto& entry : town_.engine().read()->entries(id_)) {
      const auto head = journal::read_head(entry).value();
      if (head.seq < entries_before_ || (by_system_alone && head.actor != "system")) continue;
      const auto minute = std::chrono::floor<minutes>(head.at - begin_).count();
      out += (out.empty() ? "" : ", ") + head.type + " " + std::to_string(minute);
    }
    return out;
  }

 private:
  // By the minute, as a service that runs would see it.
  void go_to(minutes minute) {
    while (town_.clock.wall() < begin_ + minute) {
      town_.clock.advance(minutes(1));
      ASSERT_TRUE(town_.engine().tick());
    }
  }

  Json body(const Line& line) {
    Json out = town_.payload(id_, line.event);
    if (line.body.starts_with("differs ")) {
      for (Json& item : out["items"]) {
        if (item["code"] != line.body.substr(8)) continue;
        item["as_permitted"] = false;
        item["found"] = "换人";
      }
    } else if (!line.body.empty()) {
      out.merge_patch(Json::parse(line.body));
    }
    return out;
  }

  std::string holds() {
    std::string out;
    for (const Json& hold : town_.get(id_)->data.value("holds", Json::array())) {
      out += (out.empty() ? "" : ", ") + text_of(hold, "cause");
    }
    return out;
  }

  const bool restarts_;
  Town town_;
  std::string id_;
  Time begin_{};
  int64_t entries_before_ = 0;
};

std::string play(const Case& one, bool restarts) {
  Play stage(one, restarts);
  for (const Line& line : one.lines) {
    SCOPED_TRACE("supervision.txt:" + std::to_string(line.number) + (restarts ? ", over restarts" : ""));
    stage.run(line);
  }
  return stage.history();
}

TEST(Supervision, goes_as_the_table_says_and_the_same_over_restarts) {
  const auto all = cases();
  ASSERT_GE(all.size(), 15u);
  for (const Case& one : all) {
    SCOPED_TRACE(one.name);
    const std::string through = play(one, false), over_restarts = play(one, true);
    EXPECT_EQ(through, over_restarts);
  }
}

// Each kind of countdown falls due while the service is down: it fires once, when the service is back, in order.
TEST(Supervision, what_fell_due_while_the_service_was_down_happens_once_when_it_is_back) {
  Town town;
  const std::string working = town.draft(), watching = town.draft(), waiting = town.draft();
  town.lead(working, "InProgress");
  town.lead(watching, "FireWatch");
  town.lead(waiting, "Approved");
  town.restart([&] { town.clock.advance(hours(9)); });
  ASSERT_TRUE(town.engine().tick());
  EXPECT_EQ(town.state(working), "FireWatch") << "the window is over";
  EXPECT_EQ(town.state(watching), "FireWatch") << "nobody has completed the watch";
  EXPECT_EQ(town.state(waiting), "Expired");
  const auto events = [&](const std::string& id) {
    std::string out;
    for (const auto& entry : town.engine().read()->entries(id)) {
      const auto head = journal::read_head(entry).value();
      if (head.actor == "system" && head.type != "qualify") out += head.type + " ";
    }
    return out;
  };
  const std::string once = events(working) + "/ " + events(watching) + "/ " + events(waiting);
  EXPECT_EQ(once, "round_missed suspend expire / watch_elapsed / expire ");
  town.restart();
  ASSERT_TRUE(town.engine().tick());
  EXPECT_EQ(events(working) + "/ " + events(watching) + "/ " + events(waiting), once);
}

}  // namespace
}  // namespace sparkgate
