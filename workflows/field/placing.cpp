#include "workflows/field/placing.h"

#include <algorithm>
#include <tuple>

#include "engine/base/codes.h"

namespace sparkgate::field {
namespace {

using std::chrono::microseconds;
using Instant = std::chrono::sys_time<microseconds>;  // finer than Time, so that roundings do not add up

tl::unexpected<Refusal> impossible(std::string_view zh, std::string_view en) {
  return refuse(Code::field_clock_impossible, {{"reason", bilingual(zh, en)}});
}

// What certainly passed between two readings of one boot: a clock that runs fast shows too much.
microseconds least_between(int64_t from_ms, int64_t to_ms) {
  const microseconds shown = milliseconds(to_ms - from_ms);
  return shown - microseconds((shown.count() * k_drift_per_million + 999'999) / 1'000'000);
}

/// The boots in their order, and whether each event fits to those before it.
class Order {
 public:
  explicit Order(const Reading& sync) : sync_(sync) {}

  Result<void> add(const Reported& event) {
    if (last_seq_ && event.seq <= *last_seq_) return impossible("序号没有递增", "the numbers do not grow");
    last_seq_ = event.seq;
    if (auto entered = enter(event.at.boot); !entered) return entered;
    if (event.at.monotonic_ms < last_ms_) return impossible("读数倒退", "they run backwards");
    if (event.at.boot == sync_.boot && event.at.monotonic_ms > sync_.monotonic_ms) {
      return impossible("读数晚于上传时的读数", "they are later than at the sync");
    }
    if (auto seen = check_seen(event); !seen) return seen;
    last_ms_ = event.at.monotonic_ms;
    return {};
  }

  void close() {
    if (!position(sync_.boot)) boots_.push_back(sync_.boot);
  }

  std::optional<size_t> position(const std::string& boot) const {
    const auto found = std::find(boots_.begin(), boots_.end(), boot);
    if (found == boots_.end()) return std::nullopt;
    return static_cast<size_t>(found - boots_.begin());
  }

 private:
  Result<void> enter(const std::string& boot) {
    if (!boots_.empty() && boots_.back() == boot) return {};
    const bool is_over = position(boot) || (!boots_.empty() && boots_.back() == sync_.boot);
    if (is_over) return impossible("启动周期的先后不符", "the boots are out of order");
    boots_.push_back(boot);
    last_ms_ = 0;
    return {};
  }

  // A mark of a boot without events came before the event's own boot.
  Result<void> check_seen(const Reported& event) {
    const Reading& seen = event.seen.at;
    const bool is_later = seen.boot == event.at.boot ? seen.monotonic_ms > event.at.monotonic_ms
                                                     : !position(seen.boot) && seen.boot == sync_.boot;
    if (is_later) return impossible("时间标记取得于事件之后", "the mark was seen after the event");
    if (!position(seen.boot)) boots_.insert(boots_.end() - 1, seen.boot);
    return {};
  }

  const Reading& sync_;
  std::vector<std::string> boots_;
  std::optional<int64_t> last_seq_;
  int64_t last_ms_ = 0;  // within the last boot
};

/// A reading of the device's clock, with the bounds of when it was.
struct Point {
  size_t boot = 0;
  int64_t monotonic_ms = 0;
  std::optional<Instant> marked = {};  // it got this instant of the server's then
  std::optional<size_t> event = {};
  Instant earliest = {}, latest = {};
};

bool is_before(const Point& a, const Point& b) {
  const auto key = [](const Point& p) { return std::tuple(p.boot, p.monotonic_ms, p.event.has_value()); };
  return key(a) < key(b);
}

void add_mark(std::vector<Point>& points, const Order& order, const Mark& mark) {
  if (const auto boot = order.position(mark.at.boot)) points.push_back({*boot, mark.at.monotonic_ms, mark.time});
}

void bound_from_below(std::vector<Point>& points) {
  for (size_t i = 0; i < points.size(); ++i) {
    Point& point = points[i];
    if (i > 0) {
      const Point& before = points[i - 1];
      point.earliest = before.earliest;
      if (before.boot == point.boot) point.earliest += least_between(before.monotonic_ms, point.monotonic_ms);
    }
    if (point.marked) point.earliest = std::max(point.earliest, *point.marked);
  }
}

// `sync`: the last point.
void bound_from_above(std::vector<Point>& points, const Point& sync) {
  const Point* after = &sync;
  for (auto point = points.rbegin(); point != points.rend(); ++point) {
    point->latest = after->latest;
    if (after->boot == point->boot) point->latest -= least_between(point->monotonic_ms, after->monotonic_ms);
    if (point->marked) point->latest = std::min<Instant>(point->latest, *point->marked + k_longest_mark_delay);
    after = &*point;
  }
}

Result<Placing> placing_of(const Point& point, Time wall) {
  if (point.earliest > point.latest) {
    return impossible("与服务器时间标记矛盾", "the marks of server time contradict them");
  }
  Placing out;
  out.earliest = std::chrono::floor<milliseconds>(point.earliest);
  out.latest = std::chrono::ceil<milliseconds>(point.latest);
  const milliseconds half = (out.latest - out.earliest) / 2;
  out.at = out.earliest + half;
  out.uncertainty_seconds = std::chrono::ceil<seconds>(out.latest - out.at).count();
  if (wall < out.earliest - k_wall_tolerance || wall > out.latest + k_wall_tolerance) {
    out.clock_off_seconds = std::chrono::round<seconds>(wall - out.at).count();
  }
  return out;
}

}  // namespace

std::vector<Result<Placing>> place(const std::vector<Reported>& events, const std::vector<Mark>& marks,
                                   const Reading& sync, Time now) {
  Order order(sync);
  std::vector<Result<Placing>> out;
  for (const Reported& event : events) {
    const auto fits = order.add(event);
    out.push_back(fits ? Result<Placing>(Placing()) : tl::make_unexpected(fits.error()));
  }
  order.close();
  std::vector<Point> points;
  for (size_t i = 0; i < events.size(); ++i) {
    if (!out[i]) continue;
    add_mark(points, order, events[i].seen);
    points.push_back({*order.position(events[i].at.boot), events[i].at.monotonic_ms, {}, i});
  }
  for (const Mark& mark : marks) {
    if (mark.at.boot != sync.boot || mark.at.monotonic_ms <= sync.monotonic_ms) add_mark(points, order, mark);
  }
  std::stable_sort(points.begin(), points.end(), is_before);
  bound_from_below(points);
  Point end{*order.position(sync.boot), sync.monotonic_ms};
  end.latest = now;
  bound_from_above(points, end);
  for (const Point& point : points) {
    if (point.event) out[*point.event] = placing_of(point, events[*point.event].wall);
  }
  return out;
}

Json to_json(const Placing& placing) {
  Json out = {{"earliest", format_time(placing.earliest)},
              {"latest", format_time(placing.latest)},
              {"at", format_time(placing.at)},
              {"uncertainty_seconds", placing.uncertainty_seconds}};
  if (placing.clock_off_seconds) out["clock_off_seconds"] = *placing.clock_off_seconds;
  return out;
}

}  // namespace sparkgate::field
