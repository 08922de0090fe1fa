#include "api/report/officer_routes.h"

#include <charconv>

#include "api/report/desk.h"
#include "api/report/joined.h"
#include "api/report/quarter.h"
#include "engine/base/codes.h"
#include "workflows/report/cleaned.h"
#include "workflows/report/events.h"
#include "workflows/report/filing.h"

namespace sparkgate::api {
namespace {

const Schema& act_schema() {
  static const Schema schema(*parse_json(R"({
    "type": "object", "additionalProperties": false, "properties": {
      "text": {"type": "string", "maxLength": 4000}, "note": {"type": "string", "maxLength": 2000},
      "details": {"type": "object", "additionalProperties": false, "properties": {
        "officer": {"type": "string", "maxLength": 32}, "report": {"type": "string", "maxLength": 32},
        "permit": {"type": "string", "minLength": 1, "maxLength": 64},
        "area": {"type": "string", "minLength": 1, "maxLength": 32},
        "address": {"type": "string", "minLength": 1, "maxLength": 200},
        "fine": {"type": "integer", "minimum": 0, "maximum": 100000000},
        "reward": {"type": "integer", "minimum": 0, "maximum": 100000000}},
        "dependencies": {"area": ["address"], "address": ["area"]}}}})"));
  return schema;
}

Json labelled(std::string_view name, const Text& label, Language language) {
  return {{"name", name}, {"label", pick(label, language)}};
}

Json summary_json(const report::Summary& summary, std::string_view today, Language language) {
  const StoredReport& report = summary.report;
  Json first = summary.first;
  if (first.is_object()) {
    first.erase(report::k_source_key);
    const report::CategoryRow* category = report::category_row(text_of(first, "category"));
    if (category) first["category_label"] = pick(category->label, language);
  }
  return {{"id", report.id},
          {"state", report.state},
          {"state_label", pick(report::state_row(report.state).label, language)},
          {"ended", report::state_row(report.state).is_ended},
          {"received", report.received},
          {"due", report.due},
          {"nearness", report::nearness(report.due, today)},
          {"expires", report.expires},
          {"urgent", report.is_urgent},
          {"held", report.is_held},
          {"assigned_to", summary.assigned_to},
          {"news", summary.has_news},
          {"report", std::move(first)}};
}

Json said_json(const report::Said& said) {
  Json out = {{"sequence", said.sequence},
              {"kind", said.kind},
              {"direction", name_of(said.direction)},
              {"author", said.author},
              {"day", said.day},
              {"content", said.content}};
  out["content"].erase("key");  // of a file: it is opened here
  out["content"].erase(report::k_source_key);
  return out;
}

Json step_json(const report::Step& step, Language language) {
  const report::EventRow* row = report::event_row(step.event);
  Json out = {{"sequence", step.sequence}, {"event", step.event}, {"by", step.by}, {"state", step.state}};
  if (row) out["label"] = pick(row->label, language);
  return out;
}

Json next_json(const std::vector<std::string>& next, Language language) {
  Json out = Json::array();
  for (const std::string& name : next) {
    const report::EventRow& row = *report::event_row(name);
    Json item = labelled(name, row.label, language);
    item["says"] = row.says == report::Says::nothing ? "nothing" : row.says == report::Says::may ? "may" : "must";
    out.push_back(std::move(item));
  }
  return out;
}

int64_t sequence_of(const Call& call) {
  const std::string_view text = call.parameter("sequence");
  int64_t sequence = -1;
  std::from_chars(text.data(), text.data() + text.size(), sequence);
  return sequence;
}

// Never shown as what it says it is: it comes from anybody.
Response attachment(const Call& call, std::string bytes, const std::string& ending) {
  Response response;
  response.content_type = "application/octet-stream";
  response.headers = {{"Content-Disposition", "attachment; filename=\"report-file-" +
                                                  std::to_string(sequence_of(call)) + ending + "\""},
                      {"Content-Security-Policy", "default-src 'none'; sandbox"}};
  response.body = std::move(bytes);
  return response;
}

}  // namespace

Result<Response> seal_to_roster(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto made = desk->counter.desk.seal_to_roster(desk->officer);
  if (!made) return tl::make_unexpected(made.error());
  return json_response({{"sealed", made->sealed}, {"rekeyed", made->rekeyed}});
}

Result<Response> list_reports(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto all = desk->counter.desk.list(desk->officer);
  if (!all) return tl::make_unexpected(all.error());
  Json items = Json::array();
  const std::string today = desk->counter.intake.today();
  for (const report::Summary& summary : *all) items.push_back(summary_json(summary, today, call.language));
  return json_response({{"items", std::move(items)}});
}

Result<Response> get_report(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto view = desk->counter.desk.read(desk->officer, std::string(call.parameter("id")));
  if (!view) return tl::make_unexpected(view.error());
  Json out = summary_json(view->summary, desk->counter.intake.today(), call.language);
  out["said"] = Json::array();
  for (const report::Said& said : view->said) out["said"].push_back(said_json(said));
  out["steps"] = Json::array();
  for (const report::Step& step : view->history.steps()) out["steps"].push_back(step_json(step, call.language));
  out["next"] = next_json(view->next, call.language);
  out["hand_offs"] = Json::array();
  for (const report::HandOff& one : view->hand_offs) out["hand_offs"].push_back(hand_off_json(call, one));
  out["reward"] = reward_figures(call);
  out["unproven"] = view->unproven;
  return json_response(out);
}

Result<Response> get_report_file(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  std::string bytes;
  const auto said = desk->counter.desk.open_file(desk->officer, std::string(call.parameter("id")), sequence_of(call),
                                                 [&](std::string_view piece) { bytes.append(piece); });
  if (!said) return tl::make_unexpected(said.error());
  return attachment(call, std::move(bytes), "");
}

Result<Response> get_cleaned_file(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const std::lock_guard turn(desk->counter.cleaning);
  auto copy = report::cleaned_copy(desk->counter.intake, desk->officer, std::string(call.parameter("id")),
                                   sequence_of(call));
  if (!copy) return tl::make_unexpected(copy.error());
  return attachment(call, std::move(copy->bytes), "-cleaned." + std::string(copy->kind.extension));
}

Result<Response> get_intake_statistics(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto quarter = quarter_asked(call);
  if (!quarter) return tl::make_unexpected(quarter.error());
  const auto counted = report::statistics(desk->counter.intake, desk->officer, quarter->first, quarter->last);
  if (!counted) return tl::make_unexpected(counted.error());
  return json_response(statistics_json(*counted, *quarter, call.language));
}

Result<Response> list_permits_there(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto view = desk->counter.desk.read(desk->officer, std::string(call.parameter("id")));
  if (!view) return tl::make_unexpected(view.error());
  const auto where = place_asked(call, view->summary);
  if (!where) return tl::make_unexpected(where.error());
  return json_response({{"area", where->area},
                        {"from", format_time(where->from)},
                        {"until", format_time(where->until)},
                        {"items", permits_there(call, *where)}});
}

Result<Response> handle_report(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto body = json_body(call.request, act_schema());
  if (!body) return tl::make_unexpected(body.error());
  const report::Act act{std::string(call.parameter("event")), text_of(*body, "text"), text_of(*body, "note"),
                        body->value("details", Json::object())};
  if (const auto known = check_place(call, act.details); !known) return tl::make_unexpected(known.error());
  const auto acted = desk->counter.desk.act(desk->officer, std::string(call.parameter("id")), act);
  if (!acted) return tl::make_unexpected(acted.error());
  return no_content();
}

}  // namespace sparkgate::api
