#include "workflows/hot_work_permit/application.h"

#include "certs/identifiers.h"
#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/hot_work_permit/people.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::permit {
namespace {

using Objections = std::vector<Refusal>;

Refusal unknown(const std::string& path, const std::string& value) {
  return {Code::unknown_reference, {{"path", path}, {"value", value}}};
}

void object_to_window(const Json& application, Time at, Objections& out) {
  const auto starts = parse_time(text_of(application, "starts")), ends = parse_time(text_of(application, "ends"));
  const auto impossible = [&](const char* member) {
    out.push_back({Code::time_impossible, {{"path", std::string("/") + member}, {"actual", application.at(member)}}});
  };
  if (application.contains("starts") && !starts) impossible("starts");
  if (application.contains("ends") && (!ends || *ends <= at || (starts && *ends <= *starts))) impossible("ends");
}

bool is_registered(const View& view, const std::string& id_number) {
  return registry::find_one(view, "person", normal_identifier(id_number)) != nullptr;
}

void object_to_measures(const Json& application, const rules::Pack& pack, Objections& out) {
  for (const Json& measure : application.value("measures", Json::array())) {
    const Json& list = pack.measures();
    const auto same = [&](const Json& item) { return item.at("code") == measure.at("code"); };
    if (std::any_of(list.begin(), list.end(), same)) continue;
    out.push_back({Code::measure_unknown, {{"path", "/measures"}, {"value", measure.at("code")}}});
  }
}

void object_to_people(const Json& application, const View& view, Objections& out) {
  const std::string in_charge = text_of(application, "person_in_charge");
  if (!in_charge.empty() && !is_registered(view, in_charge)) out.push_back(unknown("/person_in_charge", in_charge));
  for (const Json& measure : application.value("measures", Json::array())) {
    const std::string by = text_of(measure, "by");
    if (!by.empty() && !is_registered(view, by)) out.push_back(unknown("/measures/by", by));
  }
}

// The permit that this one takes up is of the same unit.
bool may_renew(const Json& application, const std::string& id, const View& view) {
  const InstancePtr before = view.find(text_of(application, "renews"));
  return before && before->workflow == "hot_work_permit" && before->id != id &&
         before->data.at("application").at("unit") == application.value("unit", Json());
}

Json name_measures(const Json& payload, const std::string& in_charge, Naming& naming) {
  Json measures = Json::array();
  for (const Json& measure : payload.at("measures")) {
    const std::string by = text_of(measure, "by");
    Json named = {{"code", measure.at("code")}, {"by", by.empty() ? in_charge : naming.person(by)}};
    if (measure.contains("note")) named["note"] = measure.at("note");
    measures.push_back(std::move(named));
  }
  return measures;
}

}  // namespace

std::string scope_hash(const Json& application) { return hex(sha256(canonical(application))); }

std::vector<Refusal> objections_to_units(const Json& application, const std::string& id, const Actor& actor,
                                         const View& view) {
  Objections out;
  const std::string mine = text_of(application, "unit");
  if (!mine.empty() && !has_role(actor, "applicant", Scope{mine, ""}, view)) {
    out.push_back(refuse_role({"applicant"}).value());
    out.back().details["path"] = "/unit";
  }
  for (const char* member : {"unit", "owner_unit"}) {
    const std::string code = text_of(application, member);
    if (code.empty() || registry::find_one(view, "unit", code)) continue;
    out.push_back(unknown(std::string("/") + member, code));
  }
  if (application.contains("renews") && !may_renew(application, id, view)) {
    out.push_back(unknown("/renews", text_of(application, "renews")));
  }
  return out;
}

std::vector<Refusal> objections_to(const Json& application, const rules::Pack& pack, const View& view, Time at) {
  Objections out;
  object_to_window(application, at, out);
  object_to_measures(application, pack, out);
  const std::string area = text_of(application, "area");
  if (!area.empty() && !registry::find_one(view, "area", area)) out.push_back(unknown("/area", area));
  object_to_people(application, view, out);
  return out;
}

Result<void> split_application(const Json& payload, const rules::Pack& pack, const View& view, Time at, Cast& cast,
                               Decision& decision) {
  const auto objections = objections_to(payload, pack, view, at);
  if (!objections.empty()) return tl::make_unexpected(objections.front());
  const auto areas = area_chain(text_of(payload, "area"), view);
  Naming naming(view, cast);
  Json application = payload;
  const std::string in_charge = naming.person(text_of(payload, "person_in_charge"));
  application["person_in_charge"] = in_charge;
  for (Json& number : application["operators"]) number = naming.holder_of(number.get<std::string>());
  application["fire_watch"] = naming.watch(text_of(payload, "fire_watch"));
  Json measures = name_measures(payload, in_charge, naming);
  application["measures"] = measures;

  decision.facts["scope_hash"] = scope_hash(application);
  decision.facts["application"] = std::move(application);
  decision.facts["areas"] = areas;
  decision.facts["measures"] = std::move(measures);
  decision.personal["links"] = naming.links_with(payload);
  decision.personal["numbers"] = {{"operators", payload.at("operators")},
                                  {"fire_watch", payload.at("fire_watch")},
                                  {"person_in_charge", payload.at("person_in_charge")}};
  return {};
}

}  // namespace sparkgate::permit
