#include "workflows/hot_work_permit/labels.h"

#include <algorithm>

#include "certs/identifiers.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/hot_work_permit/site.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::permit {
namespace {

struct Word {
  std::string_view name, zh, en;
};
constexpr Word k_due[] = {
    {"window_start", "作业时段开始", "The window begins"},
    {"window_end", "作业时段结束，作业证到期", "The window ends, and the permit with it"},
    {"round_due", "下一次巡查", "The next round"},
    {"round_overdue", "巡查逾期", "The round is overdue"},
    {"gas_due", "气体检测到期，须重新检测", "The gas test is too old: test again"},
    {"gas_monitoring_due", "连续检测中断", "Continuous readings have stopped"},
    {"day_end", "跨日须重新确认", "A new day: validate again"},
    {"watch_end", "监护倒计时结束", "The watch's countdown ends"},
    {"gas_fresh", "此后开工须重新检测气体", "After this a start needs a new gas test"},
    {"pre_start_fresh", "此后开工须重新检查现场", "After this a start needs a new check of the site"},
    {"retention_end", "个人信息清除", "What is personal is erased"},
};
constexpr Word k_causes[] = {
    {"certificate", "作业人证书失效", "A certificate is not in force"},
    {"fire_watch", "监护人不可用", "The fire watch is not fit"},
    {"machine", "设备不可用", "A machine is not fit"},
    {"unit", "单位被暂停", "The unit is suspended"},
    {"gas", "气体检测不合格或过期", "The gas test is bad or too old"},
    {"gas_monitoring", "连续检测中断", "Continuous readings have stopped"},
    {"watch_left", "监护人离开", "The fire watch has left"},
    {"round_missed", "巡查逾期", "A round is overdue"},
    {"new_day", "跨日未重新确认", "The new day is not validated"},
    {"area_order", "禁火令", "An area order"},
    {"alarm", "报警", "An alarm"},
    {"inspection", "检查责令停工", "An inspection stopped the work"},
};

template <size_t n>
Json word(const Word (&words)[n], std::string_view name) {
  for (const Word& row : words) {
    if (row.name == name) return bilingual(row.zh, row.en);
  }
  return name;
}

std::string name_of_record(const View& view, std::string_view kind, const std::string& key,
                           std::string_view member = "name") {
  const InstancePtr record = registry::find_one(view, kind, key);
  return record ? registry::member_of(*record, member) : "";
}

Json title_of(const Json& row) { return bilingual(text_of(row, "zh"), text_of(row, "en")); }

// {code: {title, clause}} of those rows of a pack's list that `codes` names.
Json titled(const Json& rows, const Json& codes) {
  Json out = Json::object();
  for (const Json& row : rows) {
    const std::string code = text_of(row, "code");
    if (contains(codes, code)) out[code] = {{"title", title_of(row)}, {"clause", text_of(row, "clause")}};
  }
  return out;
}

Json codes_of(const Json& rows) {
  Json out = Json::array();
  for (const Json& row : rows) out.push_back(row.at("code"));
  return out;
}

void label_by_pack(const Instance& permit, const rules::Pack& pack, Json& out) {
  const Json& json = pack.json();
  out["pack"] = title_of(json);
  const std::string method = application(permit, "method").get<std::string>();
  out["method"] = title_of(json.at("methods").at(method));
  out["measures"] = titled(pack.measures(), codes_of(application(permit, "measures")));
  const std::string grade = text_of(permit.data, "grade");
  if (grade.empty()) return;
  const Json grades = titled(json.at("grading").at("grades"), Json::array({grade}));
  if (grades.contains(grade)) out["grade"] = grades.at(grade).at("title");
  out["upgrade_reasons"] =
      titled(json.at("grading").at("upgrade").at("when"), permit.data.value("upgrade_reasons", Json::array()));
  for (const Json& step : permit.data.value("approval_steps", Json::array())) {
    out["steps"][text_of(step, "code")] = {
        {"title", title_of(step)}, {"clause", step.value("clause", "")}, {"on_site", step.value("on_site", false)}};
  }
}

Json due(std::string_view name, Time at, const Json& event) {
  return {{"name", name}, {"at", format_time(at)}, {"event", event}, {"title", word(k_due, name)}};
}

bool is_before_work(const Instance& permit) { return permit.state == "Approved" || permit.state == "SiteReady"; }

// How long what was found before the start still counts.
void add_freshness(const Instance& permit, const rules::Pack& pack, Json& out) {
  const std::string grade = text_of(permit.data, "grade");
  const auto add = [&](const char* name, const char* object, const char* member, const char* figure) {
    const auto since = time_in(part(permit.data, object), member);
    const auto fresh = pack.figure(figure, grade);
    if (since && fresh) out.push_back(due(name, *since + minutes(static_cast<int64_t>(*fresh)), nullptr));
  };
  add("gas_fresh", "gas", "sampled_at", "gas_fresh_minutes");
  add("pre_start_fresh", "pre_start", "at", "pre_start_fresh_minutes");
}

}  // namespace

Json labels_of(const Instance& permit, const rules::Pack* pack, const View& view) {
  Json out = {{"areas", Json::array()}, {"machines", Json::object()}, {"causes", Json::object()}};
  for (const char* member : {"unit", "owner_unit"}) {
    out[member] = name_of_record(view, "unit", application(permit, member).get<std::string>());
  }
  for (const Json& area : permit.data.at("areas")) {
    const std::string code = area.get<std::string>();
    out["areas"].push_back({{"code", code}, {"name", name_of_record(view, "area", code)}});
  }
  const Json& machines = application(permit, "machines");
  for (const Json& machine : machines.is_array() ? machines : Json::array()) {
    const std::string code = machine.get<std::string>();
    const std::string name = name_of_record(view, "machine", normal_identifier(code), "kind");
    if (!name.empty()) out["machines"][code] = name;
  }
  for (const Json& hold : permit.data.value("holds", Json::array())) {
    const std::string cause = text_of(hold, "cause");
    if (!cause.empty()) out["causes"][cause] = word(k_causes, cause);
  }
  if (pack) label_by_pack(permit, *pack, out);
  return out;
}

Json due_of(const Instance& permit, const rules::Pack* pack) {
  Json out = Json::array();
  for (const Timer& timer : permit.timers) out.push_back(due(timer.name, timer.due, timer.event));
  const auto starts = time_of(application(permit, "starts"));
  if (starts && is_before_work(permit)) out.push_back(due("window_start", *starts, nullptr));
  if (pack && is_before_work(permit)) add_freshness(permit, *pack, out);
  std::sort(out.begin(), out.end(),
            [](const Json& a, const Json& b) { return *parse_time(text_of(a, "at")) < *parse_time(text_of(b, "at")); });
  return out;
}

// Before work the window's start, during work its end; then the countdown's end, and whoever accepts waits already.
std::optional<Time> due_time(const Instance& permit) {
  if (permit.state == "FireWatch") {
    const auto ends = watch_ends(permit);
    return ends ? ends : permit.at;
  }
  if (permit.state == "AwaitingAcceptance") return permit.at;
  const bool works = permit.state == "InProgress" || permit.state == "Suspended";
  return time_of(application(permit, works ? "ends" : "starts"));
}

std::string words_of(const Instance& permit, const View& view) {
  std::string out = text_of(permit.data, "number");
  const auto add = [&](const std::string& text) { out.append("\n").append(text); };
  add(application(permit, "work").get<std::string>());
  add(text_of(application(permit, "place"), "address"));
  for (const char* member : {"unit", "owner_unit"}) {
    add(name_of_record(view, "unit", application(permit, member).get<std::string>()));
  }
  return out;
}

}  // namespace sparkgate::permit
