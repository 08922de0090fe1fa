#include "workflows/hot_work_permit/people.h"

#include <algorithm>
#include <set>

#include "certs/identifiers.h"
#include "workflows/hot_work_permit/application.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::permit {
namespace {

// Whose word counts for who holds a certificate, the best first: what an applicant wrote is verified by nobody.
constexpr std::string_view k_records[] = {"Valid", "Suspended", "Registered"};

// "" when there is none, or when records of the same standing name different people.
std::string holder_by(const std::vector<InstancePtr>& certificates) {
  for (const std::string_view state : k_records) {
    std::set<std::string> holders;
    for (const InstancePtr& certificate : certificates) {
      if (certificate->state == state) holders.insert(text_of(certificate->personal, "id_number"));
    }
    if (!holders.empty()) return holders.size() == 1 ? *holders.begin() : "";
  }
  return "";
}

Json without(const Json& links, const std::vector<std::string_view>& kinds) {
  Json kept = Json::array();
  for (const Json& link : links) {
    if (std::find(kinds.begin(), kinds.end(), link.at(0).get<std::string_view>()) == kinds.end()) kept.push_back(link);
  }
  return kept;
}

void add(Json& links, const char* kind, const InstancePtr& record) {
  if (record) links.push_back({kind, record->id});
}

std::set<Json> as_set(const Json& links) { return {links.begin(), links.end()}; }

Json links_of(const Instance& permit) { return permit.personal->value("links", Json::array()); }

// Whoever is in charge confirms what nobody else is named for.
void hand_measures(Json& application, const Json& from, const Json& to) {
  for (Json& measure : application["measures"]) {
    if (measure.at("by") == from) measure["by"] = to;
  }
}

void name_anew(Json& application, const Json& numbers, Naming& naming) {
  const auto take = [](Json& name, const std::string& known) {
    if (!known.empty()) name = known;
  };
  size_t row = 0;
  for (const Json& number : numbers.at("operators")) {
    take(application["operators"].at(row++), naming.known_holder(number.get<std::string>()));
  }
  take(application["fire_watch"], naming.known_watch(text_of(numbers, "fire_watch")));
  const Json in_charge = application.at("person_in_charge");
  take(application["person_in_charge"], naming.known_person(text_of(numbers, "person_in_charge")));
  hand_measures(application, in_charge, application.at("person_in_charge"));
}

}  // namespace

std::string Naming::known_holder(const std::string& number) {
  const auto certificates = registry::find_all(view_, "certificate", normal_identifier(number));
  for (const InstancePtr& certificate : certificates) add(links_, "certificate", certificate);
  const std::string id_number = holder_by(certificates);
  return id_number.empty() ? "" : person(id_number);
}

std::string Naming::known_watch(const std::string& id_number) {
  add(links_, "fire_watch", registry::find_one(view_, "fire_watch", normal_identifier(id_number)));
  return known_person(id_number);
}

std::string Naming::known_person(const std::string& number) {
  const auto found = registry::find_one(view_, "person", normal_identifier(number));
  if (!found) return "";
  add(links_, "person", found);
  return cast_.name(found->id, {{"name", text_of(found->personal, "name")}});
}

std::string Naming::holder_of(const std::string& number) {
  const std::string known = known_holder(number);
  return known.empty() ? cast_.name("certificate " + normal_identifier(number)) : known;
}

std::string Naming::watch(const std::string& id_number) {
  const std::string known = known_watch(id_number);
  return known.empty() ? person(id_number) : known;
}

std::string Naming::person(const std::string& number) {
  const std::string known = known_person(number);
  return known.empty() ? cast_.name("id " + normal_identifier(number)) : known;
}

Json Naming::links_with(const Json& application) const {
  Json links = links_;
  for (const Json& code : application.value("machines", Json::array())) {
    add(links, "machine", registry::find_one(view_, "machine", normal_identifier(code.get<std::string>())));
  }
  add(links, "unit", registry::find_one(view_, "unit", text_of(application, "unit")));
  return links;
}

Instance named_anew(const Instance& permit, const View& view, Cast& cast, Decision& decision) {
  const auto numbers = permit.personal->find("numbers");
  if (numbers == permit.personal->end()) return permit;
  Instance next = permit;
  Naming naming(view, cast);
  Json& application = next.data["application"];
  name_anew(application, *numbers, naming);
  if (application != permit.data.at("application")) {
    next.data["measures"] = application.at("measures");
    next.data["scope_hash"] = scope_hash(application);
    for (const char* member : {"application", "measures", "scope_hash"}) decision.facts[member] = next.data[member];
  }
  Json links = without(links_of(permit), {"certificate", "fire_watch", "machine", "unit"});
  for (const Json& link : naming.links_with(application)) links.push_back(link);
  if (as_set(links) != as_set(links_of(permit))) decision.personal["links"] = std::move(links);
  return next;
}

Json links_with_watch(const Instance& permit, const std::string& id_number, const View& view) {
  Json links = without(links_of(permit), {"fire_watch"});
  for (const char* kind : {"fire_watch", "person"}) add(links, kind, registry::find_one(view, kind, id_number));
  return links;
}

}  // namespace sparkgate::permit
