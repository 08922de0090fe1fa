#include "workflows/registry/kinds.h"

#include "workflows/registry/checks.h"

namespace sparkgate::registry {
namespace {

using Roles = std::vector<std::string>;

const Roles k_unit_people = {"applicant", "site_owner"};
const Roles k_deciders = {"supervisor", "admin"};
const Roles k_admin = {"admin"};
const Roles k_officials = {"admin",     "auditor",     "supervisor", "enforcement",
                           "inspector", "grid_worker", "applicant",  "site_owner"};
// Whoever tests the gas chooses a detector of the unit and sees until when it is calibrated.
const Roles k_who_measure = {"admin",       "auditor",     "supervisor", "enforcement", "inspector",
                             "grid_worker", "applicant",   "site_owner", "fire_watch",  "operator"};

// clang-format off
std::vector<Kind> make_kinds() {
  return {
    // name, collection, zh, en; natural key, + member; links;
    //   unit member, area member; who registers, decides, reads; in permits, has status; further check
    {"area", "areas", "区域", "Area", {"area_code", "code"}, "", {{"parent", "parent"}},
      "", "parent", {}, k_admin, {}, false, false, check_area},
    {"unit", "units", "单位", "Unit", {"credit_code", "credit_code"}, "", {},
      "credit_code", "area", k_unit_people, k_deciders, k_officials, true, true},
    {"person", "persons", "人员", "Person", {"id_number", "id_number"}, "", {},
      "unit", "", k_unit_people, k_deciders, k_officials, false, false},
    {"certificate", "certificates", "作业人员证书", "Operator certificate",
      {"certificate_no", "certificate_no"}, "class", {{"id_number", "id_number"}, {"photo", "photo"}},
      "unit", "", k_unit_people, k_deciders, k_officials, true, true, check_certificate},
    {"fire_watch", "fire-watches", "监护人", "Fire watch", {"id_number", "id_number"}, "", {},
      "unit", "", k_unit_people, k_deciders, k_officials, true, false},
    {"machine", "machines", "动火设备", "Machine", {"machine_code", "code"}, "", {},
      "unit", "", k_unit_people, k_deciders, k_officials, true, false},
    {"instrument", "instruments", "检测仪器", "Gas detector", {"instrument_code", "code"}, "", {},
      "unit", "", k_unit_people, k_deciders, k_who_measure, false, false},
    {"account", "accounts", "账号", "Account", {"login", "login"}, "", {{"person", "person"}},
      "", "", {}, k_admin, k_admin, false, false, check_account},
    {"calendar", "calendars", "节假日历", "Calendar", {"calendar_year", "year"}, "", {},
      "", "", {}, k_admin, {}, false, false, check_calendar},
  };
}
// clang-format on

}  // namespace

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> table = make_kinds();
  return table;
}

const Kind* kind_of(std::string_view name) {
  for (const Kind& kind : kinds()) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

std::vector<InstancePtr> find_all(const View& view, std::string_view kind, std::string_view key) {
  std::vector<InstancePtr> live;
  if (key.empty()) return live;
  for (InstancePtr& found : view.linked(kind, kind_of(kind)->key.kind, key)) {
    if (found->state != "Revoked") live.push_back(std::move(found));
  }
  return live;
}

InstancePtr find_one(const View& view, std::string_view kind, std::string_view key) {
  const auto live = find_all(view, kind, key);
  return live.empty() ? nullptr : live.front();
}

std::string member_of(const Instance& record, std::string_view member) {
  std::string value = text_of(record.data, member);
  return value.empty() ? text_of(record.personal, member) : value;
}

}  // namespace sparkgate::registry
