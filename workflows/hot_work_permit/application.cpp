#include "workflows/hot_work_permit/application.h"

#include "certs/identifiers.h"
#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::permit {
namespace {

tl::unexpected<Refusal> unknown(const std::string& path, const std::string& value) {
  return refuse(Code::unknown_reference, {{"path", path}, {"value", value}});
}

Result<void> check_window(const Json& payload, Time at) {
  const auto starts = parse_time(text_of(payload, "starts"));
  const auto ends = parse_time(text_of(payload, "ends"));
  if (!starts) return refuse(Code::time_impossible, {{"path", "/starts"}, {"actual", payload.at("starts")}});
  if (!ends || *ends <= *starts || *ends <= at) {
    return refuse(Code::time_impossible, {{"path", "/ends"}, {"actual", payload.at("ends")}});
  }
  return {};
}

Result<void> check_measures(const Json& payload, const rules::Pack& pack) {
  for (const Json& measure : payload.at("measures")) {
    const Json& list = pack.measures();
    const auto same = [&](const Json& item) { return item.at("code") == measure.at("code"); };
    if (std::none_of(list.begin(), list.end(), same)) {
      return refuse(Code::measure_unknown, {{"value", measure.at("code")}});
    }
  }
  return {};
}

/// Gives people their names within the permit, and keeps what identifies them apart. Numbers in whatever case.
class Naming {
 public:
  Naming(const View& view, Cast& cast, Json& links) : view_(view), cast_(cast), links_(links) {}

  // A certificate need not be known: the qualification check says so, with its clause.
  std::string holder_of(const std::string& number) {
    const std::string certificate_no = normal_identifier(number);
    std::string id_number;
    for (const auto& certificate : registry::find_all(view_, "certificate", certificate_no)) {
      links_.push_back({"certificate", certificate->id});
      id_number = text_of(certificate->personal, "id_number");
    }
    return id_number.empty() ? cast_.name("certificate " + certificate_no) : person(id_number);
  }

  std::string watch(const std::string& id_number) {
    if (const auto watch = registry::find_one(view_, "fire_watch", normal_identifier(id_number))) {
      links_.push_back({"fire_watch", watch->id});
    }
    return person(id_number);
  }

  std::string person(const std::string& number) {
    const std::string id_number = normal_identifier(number);
    const auto found = registry::find_one(view_, "person", id_number);
    if (!found) return cast_.name("id " + id_number);
    links_.push_back({"person", found->id});
    return cast_.name(found->id, {{"name", text_of(found->personal, "name")}});
  }

  bool is_registered(const std::string& id_number) const {
    return registry::find_one(view_, "person", normal_identifier(id_number)) != nullptr;
  }

 private:
  const View& view_;
  Cast& cast_;
  Json& links_;
};

void link_things(const Json& payload, const View& view, Json& links) {
  for (const Json& code : payload.value("machines", Json::array())) {
    if (const auto machine = registry::find_one(view, "machine", normal_identifier(code.get<std::string>()))) {
      links.push_back({"machine", machine->id});
    }
  }
  if (const auto unit = registry::find_one(view, "unit", text_of(payload, "unit"))) {
    links.push_back({"unit", unit->id});
  }
}

Result<Json> name_measures(const Json& payload, const std::string& in_charge, Naming& naming) {
  Json measures = Json::array();
  for (const Json& measure : payload.at("measures")) {
    const std::string by = text_of(measure, "by");
    if (!by.empty() && !naming.is_registered(by)) return unknown("/measures/by", by);
    Json named = {{"code", measure.at("code")}, {"by", by.empty() ? in_charge : naming.person(by)}};
    if (measure.contains("note")) named["note"] = measure.at("note");
    measures.push_back(std::move(named));
  }
  return measures;
}

}  // namespace

std::string scope_hash(const Json& application) { return hex(sha256(canonical(application))); }

Result<void> split_application(const Json& payload, const rules::Pack& pack, const View& view, Time at, Cast& cast,
                               Decision& decision) {
  if (auto checked = check_window(payload, at); !checked) return checked;
  if (auto checked = check_measures(payload, pack); !checked) return checked;
  const auto areas = area_chain(text_of(payload, "area"), view);
  if (areas.empty()) return unknown("/area", text_of(payload, "area"));
  Json links = Json::array();
  Naming naming(view, cast, links);
  const std::string in_charge_number = text_of(payload, "person_in_charge");
  if (!naming.is_registered(in_charge_number)) return unknown("/person_in_charge", in_charge_number);

  Json application = payload;
  const std::string in_charge = naming.person(in_charge_number);
  application["person_in_charge"] = in_charge;
  for (Json& number : application["operators"]) number = naming.holder_of(number.get<std::string>());
  application["fire_watch"] = naming.watch(text_of(payload, "fire_watch"));
  auto measures = name_measures(payload, in_charge, naming);
  if (!measures) return tl::make_unexpected(measures.error());
  application["measures"] = *measures;
  link_things(payload, view, links);

  decision.facts["scope_hash"] = scope_hash(application);
  decision.facts["application"] = std::move(application);
  decision.facts["areas"] = areas;
  decision.facts["measures"] = std::move(*measures);
  decision.personal["links"] = std::move(links);
  decision.personal["numbers"] = {{"operators", payload.at("operators")},
                                  {"fire_watch", payload.at("fire_watch")},
                                  {"person_in_charge", payload.at("person_in_charge")}};
  return {};
}

}  // namespace sparkgate::permit
