#include "workflows/rules/diff.h"

#include <algorithm>

namespace sparkgate::rules {
namespace {

// Items by what they are known by, in the order of the pack.
using Items = std::vector<std::pair<std::string, Json>>;

Items members_of(const Json& object) {
  Items out;
  for (const auto& [name, value] : object.items()) out.emplace_back(name, value);
  return out;
}

Items coded(const Json& list) {
  Items out;
  for (const Json& item : list) out.emplace_back(text_of(item, "code"), item);
  return out;
}

const Json& at(const Json& pack, const char* pointer) {
  static const Json k_nothing;
  const Json::json_pointer path(pointer);
  return pack.contains(path) ? pack.at(path) : k_nothing;
}

Items params(const Json& pack) { return members_of(pack.at("params")); }
Items methods(const Json& pack) { return members_of(pack.at("methods")); }

// "special/safety_department", with its place in the chain: who comes first is part of the rule.
Items approval(const Json& pack) {
  Items out;
  for (const auto& [grade, steps] : pack.at("approval").at("by_grade").items()) {
    int place = 0;
    for (Json step : steps) {
      step["place"] = ++place;
      out.emplace_back(grade + "/" + text_of(step, "code"), std::move(step));
    }
  }
  return out;
}

// What stands once in a pack.
Items general(const Json& pack) {
  Items out;
  for (const char* name : {"zone", "night", "gas_required", "gas_continuous", "signatures"}) {
    if (pack.contains(name)) out.emplace_back(name, pack.at(name));
  }
  out.emplace_back("name", Json{{"zh", pack.at("zh")}, {"en", pack.at("en")}});
  out.emplace_back("undecided", pack.at("grading").at("undecided"));
  out.emplace_back("raised_grades", Json{{"to", pack.at("grading").at("upgrade").at("to")}});
  return out;
}

struct Section {
  const char* name;
  Items (*items)(const Json& pack);
};
constexpr Section k_sections[] = {
    {"params", params},
    {"rules", [](const Json& pack) { return coded(at(pack, "/rules")); }},
    {"measures", [](const Json& pack) { return coded(at(pack, "/measures")); }},
    {"pre_start", [](const Json& pack) { return coded(at(pack, "/pre_start")); }},
    {"inspection_with_permit", [](const Json& pack) { return coded(at(pack, "/inspection/with_permit")); }},
    {"inspection_without_permit", [](const Json& pack) { return coded(at(pack, "/inspection/without_permit")); }},
    {"approval", approval},
    {"grades", [](const Json& pack) { return coded(at(pack, "/grading/grades")); }},
    {"upgrades", [](const Json& pack) { return coded(at(pack, "/grading/upgrade/when")); }},
    {"methods", methods},
    {"general", general},
};

const Json* find(const Items& items, const std::string& key) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.first == key; });
  return found == items.end() ? nullptr : &found->second;
}

Json changed_members(const Json& before, const Json& after) {
  Json out = Json::array();
  for (const auto& [name, value] : after.items()) {
    if (!before.contains(name) || before.at(name) != value) out.push_back(name);
  }
  for (const auto& [name, value] : before.items()) {
    if (!after.contains(name)) out.push_back(name);
  }
  return out;
}

Json change(const Section& section, const std::string& key, const Json* before, const Json* after) {
  const Json& newer = after ? *after : *before;
  return {{"section", section.name},
          {"key", key},
          {"change", !before ? "added" : !after ? "removed" : "changed"},
          {"clause", text_of(newer, "clause")},
          {"zh", text_of(newer, "zh")},
          {"en", text_of(newer, "en")},
          {"members", before && after ? changed_members(*before, *after) : Json::array()},
          {"before", before ? *before : Json()},
          {"after", after ? *after : Json()}};
}

}  // namespace

Json differences(const Pack& before, const Pack& after) {
  Json out = Json::array();
  for (const Section& section : k_sections) {
    const Items old = section.items(before.json()), now = section.items(after.json());
    for (const auto& [key, item] : now) {
      const Json* was = find(old, key);
      if (!was || *was != item) out.push_back(change(section, key, was, &item));
    }
    for (const auto& [key, item] : old) {
      if (!find(now, key)) out.push_back(change(section, key, &item, nullptr));
    }
  }
  return out;
}

}  // namespace sparkgate::rules
