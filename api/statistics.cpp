#include "api/statistics.h"

#include "api/query.h"
#include "api/reading.h"
#include "api/statistics_figures.h"
#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/hot_work_permit/permit.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::api {
namespace {

constexpr int k_most_days = 400;
constexpr int k_usual_days = 30;
constexpr int k_most_areas = 1'000;
constexpr std::string_view k_roles[] = {"supervisor", "enforcement", "auditor", "admin"};

struct Area {
  std::string code, name;
};
using Areas = std::vector<Area>;

Json area_json(const Area& area) { return {{"code", area.code}, {"name", area.name}}; }

bool reads_everywhere(const Grant& grant) {
  return grant.role == "auditor" || grant.role == "admin" || (grant.unit.empty() && grant.area.empty());
}

bool counts(const Grant& grant) {
  return std::find(std::begin(k_roles), std::end(k_roles), grant.role) != std::end(k_roles) && grant.unit.empty();
}

// Where the caller's grants reach, none within another; one with the code "" where they reach everywhere.
Areas reach_of(const Actor& actor, const View& view) {
  std::vector<std::string> codes;
  for (const Grant& grant : actor.grants) {
    if (!counts(grant)) continue;
    if (reads_everywhere(grant)) return {{"", ""}};
    codes.push_back(grant.area);
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  Areas out;
  for (const std::string& code : codes) {
    const auto chain = area_chain(code, view);
    const bool is_within = std::any_of(chain.begin(), chain.end(), [&](const std::string& above) {
      return above != code && std::find(codes.begin(), codes.end(), above) != codes.end();
    });
    const InstancePtr area = registry::find_one(view, "area", code);
    if (!is_within) out.push_back({code, area ? registry::member_of(*area, "name") : ""});
  }
  return out;
}

// One that lies elsewhere is as good as none.
Result<Areas> asked_areas(const Call& call, const std::string& wanted, const View& view) {
  Areas reach = reach_of(call.actor(), view);
  if (wanted.empty()) return reach;
  const auto chain = area_chain(wanted, view);
  const bool is_reached = std::any_of(reach.begin(), reach.end(), [&](const Area& area) {
    return area.code.empty() || std::find(chain.begin(), chain.end(), area.code) != chain.end();
  });
  const InstancePtr area = registry::find_one(view, "area", wanted);
  if (!area || !is_reached) return refuse(Code::not_found);
  return Areas{{wanted, registry::member_of(*area, "name")}};
}

Areas below(const Area& area, Reader& reader, const View& view) {
  std::vector<InstancePtr> found;
  if (area.code.empty()) {
    ListQuery all;
    all.workflow = "area";
    all.limit = k_most_areas;
    found = reader.list(all).items;
    std::erase_if(found, [](const InstancePtr& one) { return !text_of(one->data, "parent").empty(); });
  } else {
    found = view.linked("area", "parent", area.code);
  }
  Areas out;
  for (const InstancePtr& one : found) {
    out.push_back({text_of(one->data, "code"), registry::member_of(*one, "name")});
  }
  std::sort(out.begin(), out.end(), [](const Area& a, const Area& b) { return a.code < b.code; });
  return out;
}

Result<std::string> day_of(const Query& query, std::string_view name, const std::string& otherwise) {
  const std::string given = query.text(name);
  if (given.empty()) return otherwise;
  const auto time = parse_time(given + "T00:00:00Z");
  if (time && format_time(*time).substr(0, 10) == given) return given;
  return refuse_parameter(name, "应为日期，如 2026-08-14", "a day is needed, as 2026-08-14");
}

Result<Span> span_of(const Query& query, const std::string& today) {
  const auto until = day_of(query, "until", today);
  if (!until) return tl::make_unexpected(until.error());
  const Time usual = *parse_time(*until + "T00:00:00Z") - hours(24) * (k_usual_days - 1);
  const auto from = day_of(query, "from", format_time(usual).substr(0, 10));
  if (!from) return tl::make_unexpected(from.error());
  const Span span{*from, *until};
  const Time first = *parse_time(*from + "T00:00:00Z"), last = *parse_time(*until + "T00:00:00Z");
  if (first <= last && last - first < hours(24) * k_most_days) return span;
  return refuse_parameter("from", "起始日应不晚于截止日，且相距不超过 400 天",
                          "it must not be later than until, nor more than 400 days before it");
}

Json areas_json(const Areas& areas, const Span& span, Reader& reader) {
  Json out = Json::array();
  for (const Area& area : areas) {
    Figures figures(reader, span);
    figures.add(area.code);
    Json row = area_json(area);
    row["totals"] = figures.totals();
    row["totals"].erase("by_grade");
    row["live"] = figures.count_live();
    row["violations"] = figures.count_violations("Recorded");
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

Result<Response> get_statistics(const Call& call) {
  const auto query = Query::of(call.request, {"from", "until", "area"});
  if (!query) return tl::make_unexpected(query.error());
  const rules::Pack* pack = call.service.packs.latest(permit::Settings().default_pack);  // the office's days
  if (!pack) return refuse(Code::not_found);
  const auto span = span_of(*query, pack->zone().day(call.service.engine.clock().wall()));
  if (!span) return tl::make_unexpected(span.error());
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  const auto areas = asked_areas(call, query->text("area"), view);
  if (!areas) return tl::make_unexpected(areas.error());
  Figures figures(*reader, *span);
  for (const Area& area : *areas) figures.add(area.code);
  const bool is_one = areas->size() == 1;
  const bool is_named = is_one && !areas->front().code.empty();
  return json_response({{"from", span->from},
                        {"until", span->until},
                        {"area", is_named ? area_json(areas->front()) : Json()},
                        {"days", figures.days()},
                        {"totals", figures.totals()},
                        {"decision_hours", figures.decision_hours()},
                        {"in_time", figures.in_time()},
                        {"live", figures.live()},
                        {"violations", figures.violations()},
                        {"areas", areas_json(is_one ? below(areas->front(), *reader, view) : *areas, *span, *reader)}});
}

}  // namespace sparkgate::api
