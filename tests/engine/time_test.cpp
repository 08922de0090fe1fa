#include "engine/base/time.h"

#include <gtest/gtest.h>

namespace sparkgate {
namespace {

struct Row {
  const char* text;
  const char* normal;  // in UTC, or "refused"
};

constexpr Row k_rows[] = {
    {"2026-08-13T13:00:00Z", "2026-08-13T13:00:00Z"},
    {"2026-08-13T13:00:00+08:00", "2026-08-13T05:00:00Z"},
    {"2026-08-13T01:00:00+08:00", "2026-08-12T17:00:00Z"},  // another day
    {"2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00Z"},  // another year
    {"2026-08-13T13:00:00+05:45", "2026-08-13T07:15:00Z"},
    {"2026-08-13T13:00:00-00:00", "2026-08-13T13:00:00Z"},
    {"2026-08-13T13:00:00.5Z", "2026-08-13T13:00:00.500Z"},
    {"2026-08-13T13:00:00.000Z", "2026-08-13T13:00:00Z"},
    {"2026-08-13T13:00:00.1239999Z", "2026-08-13T13:00:00.123Z"},  // cut, not rounded
    {"2026-08-13T13:00:00.12345678901234567890+08:00", "2026-08-13T05:00:00.123Z"},
    {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
    {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
    {"9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"},
    {"2026-02-29T00:00:00Z", "refused"},
    {"2026-04-31T00:00:00Z", "refused"},
    {"2026-13-01T00:00:00Z", "refused"},
    {"2026-00-01T00:00:00Z", "refused"},
    {"1969-12-31T23:59:59Z", "refused"},
    {"2026-08-13T24:00:00Z", "refused"},
    {"2026-08-13T23:60:00Z", "refused"},
    {"2026-08-13T23:59:60Z", "refused"},
    {"2026-08-13T13:00:00", "refused"},  // no offset
    {"2026-08-13T13:00Z", "refused"},
    {"2026-08-13 13:00:00Z", "refused"},
    {"2026-08-13t13:00:00z", "refused"},
    {"2026-08-13T13:00:00.Z", "refused"},
    {"2026-08-13T13:00:00+0800", "refused"},
    {"2026-08-13T13:00:00+24:00", "refused"},
    {"2026-08-13T13:00:00Z ", "refused"},
    {"2026-8-13T13:00:00Z", "refused"},
    {"2026-08-13", "refused"},
    {"", "refused"},
};

TEST(Time, reads_rfc3339_with_an_offset_and_writes_utc) {
  for (const auto& [text, normal] : k_rows) {
    const auto time = parse_time(text);
    EXPECT_EQ(time ? format_time(*time) : "refused", normal) << text;
  }
}

TEST(Time, refusal_has_a_reason_in_both_languages) {
  const auto time = parse_time("noon");
  ASSERT_FALSE(time);
  EXPECT_EQ(in_language(time.error().details["reason"], Language::zh), "不是带时区的 RFC 3339 时间");
  EXPECT_EQ(in_language(time.error().details["reason"], Language::en), "is not a time as in RFC 3339 with an offset");
}

TEST(Time, texts_sort_like_instants) {
  EXPECT_LT(format_time(Time(milliseconds(0))), format_time(Time(seconds(1))));
  EXPECT_LT(format_time(Time(hours(23))), format_time(Time(hours(24))));
}

TEST(Time, the_system_clock_runs_forward) {
  const SystemClock clock;
  EXPECT_GT(clock.wall(), *parse_time("2024-01-01T00:00:00Z"));
  EXPECT_LE(clock.steady(), clock.steady());
}

}  // namespace
}  // namespace sparkgate
