// Where events of an offline device belong, as a table: what the device tells, and the interval that comes of it.
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "engine/base/codes.h"
#include "workflows/field/placing.h"

namespace sparkgate::field {
namespace {

const Time k_day = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2);

// "09:30", "09:30+1d", "09:30-1d"
Time clock(const std::string& text) {
  const auto out = k_day + hours(std::stoi(text.substr(0, 2))) + minutes(std::stoi(text.substr(3, 2)));
  return text.size() > 5 ? out + hours(24) * std::stoi(text.substr(5)) : out;
}

struct Told {
  std::vector<Reported> events;
  std::vector<Mark> marks;
  Reading sync;
  Time now;
};

Reading reading(std::istream& words) {
  std::string boot;
  double minute = 0;
  words >> boot >> minute;
  return {boot, std::llround(minute * 60'000)};
}

Mark mark(std::istream& words) {
  std::string time;
  words >> time;
  return {clock(time), reading(words)};
}

// Lines: event SEQ BOOT MINUTE seen TIME BOOT MINUTE wall TIME | mark TIME BOOT MINUTE | sync BOOT MINUTE now TIME
Told read(const std::string& text) {
  Told out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string kind, word, time;
    words >> kind;
    if (kind == "mark") out.marks.push_back(mark(words));
    if (kind == "sync") {
      out.sync = reading(words);
      words >> word >> time;
      out.now = clock(time);
    }
    if (kind != "event") continue;
    Reported event;
    words >> event.seq;
    event.at = reading(words);
    words >> word;
    event.seen = mark(words);
    words >> word >> time;
    event.wall = clock(time);
    out.events.push_back(event);
  }
  return out;
}

std::string time_of_day(Time time) {
  const std::string text = format_time(time);
  return text.substr(11, text.size() - 12);
}

std::string say(const Result<Placing>& placing) {
  if (!placing) {
    EXPECT_EQ(placing.error().code, Code::field_clock_impossible);
    return "impossible: " + placing.error().details.at("reason").at("en").get<std::string>();
  }
  std::string out = time_of_day(placing->earliest) + " to " + time_of_day(placing->latest) + ", within " +
                    std::to_string(placing->uncertainty_seconds) + " s";
  if (placing->clock_off_seconds) out += ", clock off " + std::to_string(*placing->clock_off_seconds) + " s";
  return out;
}

std::string places(const std::string& text) {
  const Told told = read(text);
  std::string out;
  for (const auto& placing : place(told.events, told.marks, told.sync, told.now)) {
    out += (out.empty() ? "" : "\n") + say(placing);
  }
  return out;
}

TEST(Placing, two_hours_offline_leave_less_than_a_second_of_doubt) {
  EXPECT_EQ(places(R"(event 1 a 30 seen 09:00 a 0 wall 09:30
                      event 2 a 90 seen 09:00 a 0 wall 10:30
                      sync a 120 now 11:00)"),
            "09:29:59.820 to 09:30:00.540, within 1 s\n"
            "10:29:59.460 to 10:30:00.180, within 1 s");
}

TEST(Placing, is_the_same_whatever_the_wall_clock_says) {
  EXPECT_EQ(places(R"(event 1 a 30 seen 09:00 a 0 wall 09:30+1d
                      event 2 a 30 seen 09:00 a 0 wall 09:30-1d
                      event 3 a 30 seen 09:00 a 0 wall 09:31
                      event 4 a 30 seen 09:00 a 0 wall 09:32
                      sync a 120 now 11:00)"),
            "09:29:59.820 to 09:30:00.540, within 1 s, clock off 86400 s\n"
            "09:29:59.820 to 09:30:00.540, within 1 s, clock off -86400 s\n"
            "09:29:59.820 to 09:30:00.540, within 1 s\n"
            "09:29:59.820 to 09:30:00.540, within 1 s, clock off 120 s");
}

TEST(Placing, across_a_reboot_only_the_order_holds) {
  EXPECT_EQ(places(R"(event 1 a 30 seen 09:00 a 0 wall 09:30
                      event 2 b 10 seen 09:00 a 0 wall 10:20
                      event 3 b 20 seen 09:00 a 0 wall 10:30
                      sync b 50 now 11:00)"),
            "09:29:59.820 to 10:20:00.240, within 1501 s\n"  // before the first reading of the later boot
            "09:29:59.820 to 10:20:00.240, within 1501 s\n"  // after the last of the earlier one
            "09:39:59.760 to 10:30:00.180, within 1501 s");
}

TEST(Placing, a_mark_in_between_bounds_what_was_before_and_after_it) {
  EXPECT_EQ(places(R"(event 1 a 30 seen 09:00 a 0 wall 09:30
                      event 2 b 10 seen 10:15 b 5 wall 10:20
                      sync c 0 now 12:00)"),
            "09:29:59.820 to 10:16:00, within 1381 s\n"  // the mark of 10:15 took a minute at most
            "10:19:59.970 to 12:00:00, within 3001 s");
  EXPECT_EQ(places(R"(event 1 a 30 seen 09:00 a 0 wall 09:30
                      mark 09:35 a 35
                      sync b 0 now 12:00)"),
            "09:29:59.820 to 09:31:00.030, within 31 s");
}

TEST(Placing, a_clock_that_sleeps_with_its_device_widens_the_interval) {
  EXPECT_EQ(places(R"(event 1 a 30 seen 09:00 a 0 wall 09:30
                      sync a 60 now 11:00)"),
            "09:29:59.820 to 10:30:00.180, within 1801 s");
}

TEST(Placing, a_clock_that_runs_too_fast_is_found_out) {
  EXPECT_EQ(places(R"(event 1 a 100 seen 09:00 a 0 wall 10:40
                      sync a 130 now 11:00)"),
            "impossible: the marks of server time contradict them");
  EXPECT_EQ(places(R"(event 1 a 100 seen 09:00 a 0 wall 10:40
                      sync a 120.01 now 11:00)"),
            "10:39:59.400 to 10:39:59.521, within 1 s")
      << "within the drift that is allowed";
}

TEST(Placing, readings_that_cannot_be_are_refused_and_leave_the_others_alone) {
  EXPECT_EQ(places(R"(event 1 a 30 seen 09:00 a 0  wall 09:30
                      event 2 a 20 seen 09:00 a 0  wall 09:20
                      event 2 a 40 seen 09:00 a 0  wall 09:40
                      event 3 a 50 seen 09:00 a 55 wall 09:50
                      event 4 b 10 seen 09:00 a 0  wall 09:55
                      event 5 a 60 seen 09:00 a 0  wall 10:00
                      event 6 b 99 seen 09:00 a 0  wall 10:39
                      event 7 c 10 seen 09:00 a 0  wall 10:40
                      event 8 b 20 seen 09:00 a 0  wall 10:00
                      sync b 70 now 11:00)"),
            "09:29:59.820 to 10:00:00.360, within 901 s\n"
            "impossible: they run backwards\n"
            "impossible: the numbers do not grow\n"
            "impossible: the mark was seen after the event\n"
            "09:29:59.820 to 10:00:00.360, within 901 s\n"
            "impossible: the boots are out of order\n"
            "impossible: they are later than at the sync\n"
            "impossible: the boots are out of order\n"
            "09:39:59.760 to 10:10:00.300, within 901 s");
}

TEST(Placing, a_mark_of_the_syncs_own_boot_cannot_precede_another_boot) {
  EXPECT_EQ(places(R"(event 1 a 30 seen 09:00 b 5 wall 09:30
                      sync b 20 now 11:00)"),
            "impossible: the mark was seen after the event");
}

TEST(Placing, is_kept_in_five_figures) {
  const auto placed = place({{1, {"a", 60'000}, {k_day, {"a", 0}}, k_day + hours(24)}}, {}, {"a", 60'000},
                            k_day + minutes(2));
  EXPECT_EQ(to_json(placed.at(0).value()),
            (Json{{"earliest", "2026-03-02T00:00:59.994Z"},
                  {"latest", "2026-03-02T00:02:00Z"},
                  {"at", "2026-03-02T00:01:29.997Z"},
                  {"uncertainty_seconds", 31},
                  {"clock_off_seconds", 86310}}));
}

}  // namespace
}  // namespace sparkgate::field
