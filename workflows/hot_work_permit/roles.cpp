#include "workflows/hot_work_permit/roles.h"

#include <algorithm>

namespace sparkgate::permit {
namespace {

const Json k_null;

const Json& member_of(const Json& object, std::string_view member) {
  const auto it = object.find(member);
  return it == object.end() ? k_null : *it;
}

bool reaches_area(const Grant& grant, const Instance& permit) {
  return grant.area.empty() || contains(member_of(permit.data, "areas"), grant.area);
}

bool is_of(const Grant& grant, const Json& unit) { return !grant.unit.empty() && unit == grant.unit; }

std::string next_watch(const Instance& permit) { return text_of(member_of(permit.data, "watch"), "next"); }

bool grant_fits(const Instance& permit, const Grant& grant, const std::string& name) {
  if (grant.role == "applicant") return is_of(grant, application(permit, "unit"));
  if (grant.role == "site_owner") return is_of(grant, application(permit, "owner_unit"));
  if (grant.role == "operator") return !name.empty() && contains(application(permit, "operators"), name);
  if (grant.role == "fire_watch") {
    return !name.empty() && (current_watch(permit) == name || next_watch(permit) == name);
  }
  return reaches_area(grant, permit) && grant.unit.empty();
}

}  // namespace

const Json& application(const Instance& permit, std::string_view member) {
  return member_of(member_of(permit.data, "application"), member);
}

bool contains(const Json& array, std::string_view text) {
  return array.is_array() && std::any_of(array.begin(), array.end(), [&](const Json& item) { return item == text; });
}

std::optional<Time> time_of(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto time = parse_time(value.get_ref<const std::string&>());
  return time ? std::optional(*time) : std::nullopt;
}

std::string name_within(const Instance& permit, const Actor& actor) {
  const Json& people = people_of(permit);
  if (actor.person.empty()) return "";
  for (auto it = people.begin(); it != people.end(); ++it) {
    if (text_of(*it, "person") == actor.person) return it.key();
  }
  return "";
}

bool holds_role(const Instance& permit, const Actor& actor, std::string_view role) {
  const std::string name = name_within(permit, actor);
  return std::any_of(actor.grants.begin(), actor.grants.end(),
                     [&](const Grant& grant) { return grant.role == role && grant_fits(permit, grant, name); });
}

bool takes_part(const Instance& permit, std::string_view name) {
  if (name.empty()) return false;
  return contains(member_of(permit.data, "applicants"), name) || contains(application(permit, "operators"), name) ||
         application(permit, "fire_watch") == name || application(permit, "person_in_charge") == name ||
         current_watch(permit) == name;
}

std::string current_watch(const Instance& permit) {
  const std::string took_over = text_of(member_of(permit.data, "watch"), "person");
  return took_over.empty() ? text_of(member_of(permit.data, "application"), "fire_watch") : took_over;
}

std::string shown_name(const Instance& permit, const std::string& name) {
  const Json& people = people_of(permit);
  const std::string known = people.contains(name) ? text_of(people.at(name), "name") : "";
  return known.empty() ? name : known;
}

const Json& part(const Json& data, std::string_view member) {
  static const Json k_none = Json::object();
  const auto it = data.find(member);
  return it == data.end() ? k_none : *it;
}

std::optional<Time> time_in(const Json& object, std::string_view member) {
  const auto it = object.find(member);
  return it == object.end() ? std::nullopt : time_of(*it);
}

}  // namespace sparkgate::permit
