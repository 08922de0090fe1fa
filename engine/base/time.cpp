#include "engine/base/time.h"

#include <array>
#include <cstdio>

#include "engine/base/codes.h"

namespace sparkgate {
namespace {

// Reads exactly `width` digits at `at`; -1 when there are none.
int digits(std::string_view text, size_t at, size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  for (size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

tl::unexpected<Refusal> not_a_time() {
  return refuse(Code::payload_invalid,
                {{"path", ""},
                 {"reason", bilingual("不是带时区的 RFC 3339 时间", "is not a time as in RFC 3339 with an offset")}});
}

// Minutes east of UTC; `at` points behind the seconds. Returns false when the text does not end as an offset.
bool read_offset(std::string_view text, size_t at, int& offset_minutes) {
  if (text.substr(at) == "Z") return true;
  if (text.size() != at + 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') return false;
  const int h = digits(text, at + 1, 2), m = digits(text, at + 4, 2);
  if (h < 0 || h > 23 || m < 0 || m > 59) return false;
  offset_minutes = (text[at] == '-' ? -1 : 1) * (h * 60 + m);
  return true;
}

}  // namespace

std::string format_time(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 40> out;
  int n = std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                        static_cast<int>(clock.seconds().count()));
  const int ms = static_cast<int>(clock.subseconds().count());
  if (ms) n += std::snprintf(out.data() + n, out.size() - n, ".%03d", ms);
  return std::string(out.data(), n) + "Z";
}

Result<Time> parse_time(std::string_view text) {
  using namespace std::chrono;
  const int y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
  const int h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
  const bool shape =
      text.size() >= 20 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':';
  if (!shape || y < 1970 || mo < 0 || d < 0 || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 59) {
    return not_a_time();
  }
  const year_month_day date{year(y), month(mo), day(d)};
  if (!date.ok()) return not_a_time();
  size_t at = 19;
  int ms = 0;
  if (text[at] == '.') {
    int scale = 100;
    const size_t first = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) ms += (text[at] - '0') * scale;
    if (at == first) return not_a_time();
  }
  int offset = 0;
  if (!read_offset(text, at, offset)) return not_a_time();
  return Time(sys_days(date)) + hours(h) + minutes(mi - offset) + seconds(s) + milliseconds(ms);
}

Time SystemClock::wall() const { return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now()); }

milliseconds SystemClock::steady() const {
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace sparkgate
