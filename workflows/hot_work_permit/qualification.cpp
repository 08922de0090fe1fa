#include "workflows/hot_work_permit/qualification.h"

#include <algorithm>

#include "certs/identifiers.h"

namespace sparkgate {
namespace {

constexpr const char* k_copied[] = {"method",
                                    "special_equipment",
                                    "explosive_place",
                                    "running_or_pressurised",
                                    "isolated_with_approval",
                                    "tank_bund",
                                    "pipe_rack",
                                    "essential",
                                    "wind_force",
                                    "wind_shielded",
                                    "starts",
                                    "ends",
                                    "combustibles_within_reach",
                                    "combustibles_guarded",
                                    "openings_within_reach",
                                    "heat_may_pass",
                                    "venue_open",
                                    "construction",
                                    "occupancy",
                                    "high_rise_or_public"};
constexpr const char* k_copied_or_none[] = {"large_vessel", "vessel_outer_wall"};  // not told of: there is no vessel
constexpr const char* k_copied_from_place[] = {"outdoor", "height_metres", "confined_space"};

template <size_t n>
void copy(const Json& from, const char* const (&members)[n], Json& to) {
  if (!from.is_object()) return;
  for (const char* member : members) {
    if (const auto it = from.find(member); it != from.end()) to[member] = *it;
  }
}

const Json& list_of(const Json& application, const char* member) {
  static const Json k_none = Json::array();
  const auto it = application.find(member);
  return it != application.end() && it->is_array() ? *it : k_none;
}

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json window_facts(const Json& application, const Register& registers, const rules::Zone& zone) {
  const auto starts = parse_time(text_of(application, "starts")), ends = parse_time(text_of(application, "ends"));
  if (!starts || !ends) return Json::object();
  Json rest_days = Json::array();
  for (const std::string& day : zone.days(*starts, *ends)) {
    if (registers.is_rest_day(day)) rest_days.push_back(day);
  }
  return {{"hours", std::chrono::duration<double, std::ratio<3600>>(*ends - *starts).count()},
          {"first_day", zone.day(*starts)},
          {"last_day", zone.day(*ends)},
          {"rest_days", rest_days}};
}

Json operator_facts(const std::string& number, const std::string& fire_watch, const Register& registers) {
  const auto rows = registers.certificates(number);
  bool id_number_valid = false, id_number_known = false, is_fire_watch = id_number_in_certificate(number) == fire_watch;
  Json certificates = Json::array();
  for (const CertificateRecord& row : rows) {
    id_number_valid |= is_id_number(row.id_number);
    id_number_known |= !row.id_number.empty();
    is_fire_watch |= normal_identifier(row.id_number) == fire_watch;
    certificates.push_back({{"class", row.certificate_class},
                            {"issued_on", or_null(row.issued_on)},
                            {"valid_until", or_null(row.valid_until)},
                            {"review_due", or_null(row.review_due)},
                            {"status", or_null(row.status)}});
  }
  return {{"known", !rows.empty()},
          {"id_number_valid", id_number_known ? Json(id_number_valid) : Json()},
          {"is_fire_watch", is_fire_watch && !fire_watch.empty()},
          {"certificates", certificates}};
}

Json fire_watch_facts(const std::string& id_number, const Register& registers) {
  const auto row = registers.fire_watch(id_number);
  if (!row) return {{"known", false}};
  return {{"known", true}, {"trained_on", or_null(row->trained_on)}, {"valid_until", or_null(row->valid_until)}};
}

}  // namespace

Json application_facts(const Json& application) {
  Json facts = Json::object();
  copy(application, k_copied, facts);
  for (const char* member : k_copied_or_none) facts[member] = application.value(member, Json());
  if (const auto place = application.find("place"); place != application.end()) {
    copy(*place, k_copied_from_place, facts);
  }
  return facts;
}

Json qualification_facts(const Json& application, const Register& registers, const rules::Zone& zone,
                         const Subject& operator_subject, const Subject& machine_subject) {
  Json facts = {{"operators", Json::array()}, {"machines", Json::array()}};
  facts["application"] = application_facts(application);
  facts["window"] = window_facts(application, registers, zone);
  const std::string unit = normal_identifier(text_of(application, "unit"));
  facts["unit"] = {{"status", registers.unit_status(unit).value_or("unknown")},
                   {"credit_code_valid", is_credit_code(unit)}};
  facts["owner"] = {{"credit_code_valid", is_credit_code(text_of(application, "owner_unit"))}};
  const std::string fire_watch = normal_identifier(text_of(application, "fire_watch"));
  facts["fire_watch"] = fire_watch_facts(fire_watch, registers);
  for (const Json& number : list_of(application, "operators")) {
    Json one = operator_facts(normal_identifier(number.get<std::string>()), fire_watch, registers);
    one["subject"] = operator_subject(number);
    facts["operators"].push_back(std::move(one));
  }
  for (const Json& code : list_of(application, "machines")) {
    const auto until = registers.machine_inspected_until(normal_identifier(code.get<std::string>()));
    Json one = {{"subject", machine_subject(code)}, {"known", until.has_value()}};
    if (until) one["inspected_until"] = or_null(*until);
    facts["machines"].push_back(std::move(one));
  }
  return facts;
}

}  // namespace sparkgate
