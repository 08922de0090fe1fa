#include "workflows/registry/checks.h"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <set>

#include "certs/identifiers.h"
#include "engine/base/codes.h"

namespace sparkgate::registry {
namespace {

constexpr std::array<std::string_view, 4> k_levels = {"county", "town", "village", "grid"};  // highest first

size_t rank(std::string_view level) {
  return static_cast<size_t>(std::find(k_levels.begin(), k_levels.end(), level) - k_levels.begin());
}

tl::unexpected<Refusal> invalid(const std::string& path, std::string_view zh, std::string_view en) {
  return refuse(Code::payload_invalid, {{"path", path}, {"reason", bilingual(zh, en)}});
}

}  // namespace

Result<void> check_area(const Situation& situation, const Json& record) {
  const std::string zone = text_of(record, "zone");
  const auto& zones = date::get_tzdb().zones;
  if (std::none_of(zones.begin(), zones.end(), [&](const auto& known) { return known.name() == zone; })) {
    return invalid("/zone", "不是已知的时区", "is no known time zone");
  }
  const InstancePtr parent = find_one(situation.view, "area", text_of(record, "parent"));
  if (parent && rank(text_of(parent->data, "level")) >= rank(text_of(record, "level"))) {
    return invalid("/level", "须低于上级区域的层级", "must be below the parent's level");
  }
  return {};
}

// Asked once: neither number nor holder changes afterwards.
Result<void> check_certificate(const Situation& situation, const Json& record) {
  if (situation.event != "register") return {};
  const std::string number = text_of(record, "certificate_no"), holder = text_of(record, "id_number");
  const std::string within = id_number_in_certificate(number);
  if (!within.empty() && within != holder) {
    return invalid("/id_number", "与证书编号所含的身份证件号不符", "is not the one within the certificate number");
  }
  for (const InstancePtr& other : find_all(situation.view, "certificate", number)) {
    if (member_of(*other, "id_number") == holder) continue;
    return invalid("/id_number", "与该证书编号已登记的持证人不符", "is not that of the number's registered holder");
  }
  return {};
}

Result<void> check_calendar(const Situation&, const Json& record) {
  std::set<std::string> seen;
  const Json& days = record.at("days");
  for (size_t i = 0; i < days.size(); ++i) {
    const std::string path = "/days/" + std::to_string(i) + "/date", day = text_of(days[i], "date");
    if (!parse_time(day + "T00:00:00Z")) return invalid(path, "不是有效的日期", "is not a valid date");
    if (!day.starts_with(text_of(record, "year"))) return invalid(path, "不在该年份内", "is not of that year");
    if (!seen.insert(day).second) return invalid(path, "重复", "occurs twice");
  }
  return {};
}

}  // namespace sparkgate::registry
