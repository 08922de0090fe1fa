// Loading: schema, then figures, then expressions; the first error refuses the pack.
#include "workflows/rules/pack.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "engine/base/codes.h"
#include "engine/base/digest.h"
#include "engine/base/embedded.h"
#include "engine/base/schema.h"
#include "workflows/rules/compiled.h"

namespace sparkgate::rules {
namespace {

constexpr const char* k_required_numbers[] = {"validity_hours",        "watch_minutes",    "gas_fresh_minutes",
                                              "gas_break_minutes",     "gas_repeat_hours", "geofence_metres",
                                              "round_interval_minutes"};

Text text_from(const Json& json) { return {json.at("zh").get<std::string>(), json.at("en").get<std::string>()}; }

tl::unexpected<Refusal> broken(const std::string& file, const Json& path, const Json& reason) {
  return refuse(Code::pack_broken, {{"file", file}, {"path", path}, {"reason", reason}});
}

const Schema& pack_schema() {
  static const Schema schema(Json::parse(embedded("workflows/rules/pack.schema.json")));
  return schema;
}

// "22:00" in minutes; the schema has seen its shape.
int minutes_of(const Json& clock) {
  const auto& text = clock.get_ref<const std::string&>();
  return std::stoi(text.substr(0, 2)) * 60 + std::stoi(text.substr(3, 2));
}

Type type_of(const Json& value) {
  if (value.is_array()) return Type::list;
  return value.is_string() ? Type::text : value.is_boolean() ? Type::boolean : Type::number;
}

class Loader {
 public:
  Loader(const Json& json, PackContext& context) : json_(json), context_(context), compiler_(context) {}

  void load_figures() {
    for (const Json& grade : json_["grading"]["grades"]) context_.grades.push_back(grade["code"]);
    context_.night = {minutes_of(json_["night"]["from"]), minutes_of(json_["night"]["to"])};
    if (auto zone = Zone::locate(json_["zone"]["value"])) {
      context_.zone = *zone;
    } else {
      fail("/zone/value", {"没有这一时区", "there is no such time zone"});
    }
    for (const auto& [name, param] : json_["params"].items()) load_param(name, param);
    for (const char* name : k_required_numbers) {
      const auto it = context_.params.find(name);
      if (it == context_.params.end()) {
        fail("/params", {std::string("缺少参数 ") + name, std::string("lacks ") + name});
      } else if (it->second.type != Type::number) {
        fail(std::string("/params/") + name, {"须为数值", "must be a number"});
      }
    }
    check_keys("/approval/by_grade", json_["approval"]["by_grade"], context_.grades);
    check_unique("/measures", json_["measures"]);
    if (json_.contains("pre_start")) check_unique("/pre_start", json_["pre_start"]);
    const Json checklists = json_.value("inspection", Json::object());
    for (const auto& [list, items] : checklists.items()) {
      check_unique("/inspection/" + list, items);
    }
    check_keys("/methods", json_["methods"], vocabulary().at("application.method").values);
    for (const auto& [grade, steps] : json_["approval"]["by_grade"].items()) {
      check_unique("/approval/by_grade/" + grade, steps);
    }
  }

  std::vector<Grade> load_grades(const std::string& path, const Json& rows, bool with_default) {
    check_unique(path, rows);
    std::vector<Grade> out;
    for (size_t i = 0; i < rows.size(); ++i) {
      const std::string at = path + "/" + std::to_string(i);
      const bool is_default = with_default && i + 1 == rows.size();
      if (rows[i].contains("when") == is_default) {
        fail(at, {"须且仅须末级不带 when", "the last grade, and no other, goes without when"});
      }
      out.push_back({rows[i]["code"], rows[i]["clause"], {}});
      if (!is_default && rows[i].contains("when")) {
        out.back().when = compiler_.condition(rows[i]["when"], {at + "/when", {}, false, false});
      }
    }
    return out;
  }

  Condition condition(const std::string& path, const Json& expression) {
    return compiler_.condition(expression, {path, {}, false, true});
  }

  std::map<std::string, std::vector<Step>, std::less<>> load_rules() {
    check_unique("/rules", json_["rules"]);
    std::map<std::string, std::vector<Step>, std::less<>> stages;
    for (size_t i = 0; i < json_["rules"].size(); ++i) {
      const Json& row = json_["rules"][i];
      Step step = load_step("/rules/" + std::to_string(i), row);
      for (const Json& stage : row["stages"]) add(stages[stage], step);
    }
    return stages;
  }

  void check_upgrades() {
    const Json& to = json_["grading"]["upgrade"]["to"];
    check_keys("/grading/upgrade/to", to, context_.grades);
    for (const auto& [from, target] : to.items()) {
      if (std::find(context_.grades.begin(), context_.grades.end(), target) == context_.grades.end()) {
        fail("/grading/upgrade/to/" + from, {"没有这一级别", "there is no such grade"});
      }
    }
  }

  const std::optional<Json>& error() const { return compiler_.error(); }
  bool readings_need_all_facts() const { return compiler_.readings_need_all_facts(); }

 private:
  void fail(const std::string& path, const Text& reason) { compiler_.fail(path, reason); }

  void load_param(const std::string& name, const Json& row) {
    const std::string path = "/params/" + name;
    Param param;
    if (row.contains("value")) param.values[""] = row["value"];
    for (const auto& [member, key] : {std::pair("by_grade", "grade"), std::pair("by_method", "application.method")}) {
      if (!row.contains(member)) continue;
      param.key = key;
      const auto& keys = member == std::string("by_grade") ? context_.grades : vocabulary().find(key)->second.values;
      check_keys(path + "/" + member, row[member], keys);
      for (const auto& [at, value] : row[member].items()) param.values[at] = value;
    }
    if (!param.values.empty()) param.type = type_of(param.values.begin()->second);
    for (const auto& [key, value] : param.values) {
      if (type_of(value) != param.type) fail(path, {"各取值类型须一致", "its values must be of one type"});
    }
    context_.params[name] = std::move(param);
  }

  // Neither a missing key nor one too many.
  void check_keys(const std::string& path, const Json& object, const std::vector<std::string>& keys) {
    for (const std::string& key : keys) {
      if (!object.contains(key)) fail(path, {"缺少 " + key, "lacks " + key});
    }
    for (const auto& [key, value] : object.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        fail(path + "/" + key, {"没有这一项：" + key, "there is no such key: " + key});
      }
    }
  }

  void check_unique(const std::string& path, const Json& rows) {
    std::set<std::string> seen;
    for (size_t i = 0; i < rows.size(); ++i) {
      const std::string code = rows[i]["code"];
      if (!seen.insert(code).second) {
        fail(path + "/" + std::to_string(i) + "/code", {"代码重复：" + code, "the code occurs twice: " + code});
      }
    }
  }

  Step load_step(const std::string& path, const Json& row) {
    const auto has = [&stages = row["stages"]](const char* stage) {
      return std::find(stages.begin(), stages.end(), stage) != stages.end();
    };
    Place place{path, {}, !has("submit"), true, has("sample") || has("gas_test")};
    Step step{row.value("for_each", ""), row.value("one_of", ""), {}, {}, "", {}};
    if (row.contains("for_each")) {
      const Fact* list = bind(row, "for_each", place, step.items);
      if (list) step.subject = list->subject;
    }
    if (row.contains("one_of")) bind(row, "one_of", place, step.alternatives);
    Rule rule{row["code"],
              row["clause"],
              row["severity"] == "warn" ? Severity::warn : Severity::refuse,
              text_from(row),
              text_from(row["remedy"]),
              {},
              {},
              row.value("chooses", false)};
    const auto compile = [&](const char* member) {
      Place inner = place;
      inner.path = path + "/" + member;
      return compiler_.condition(row[member], inner);
    };
    if (row.contains("when")) rule.when = compile("when");
    rule.require = compile("require");
    step.rules.push_back(std::move(rule));
    return step;
  }

  const Fact* bind(const Json& row, const char* member, Place& place, Items& items) {
    const Fact* list = nullptr;
    Place inner = place;
    inner.path += std::string("/") + member;
    items = compiler_.list(row[member], inner, list);
    if (list) place.items.push_back(list->item);
    return list;
  }

  // Rules about the same alternatives are judged together, where the first of them stands.
  static void add(std::vector<Step>& steps, const Step& step) {
    const auto same = [&](const Step& other) {
      return !step.one_of.empty() && other.for_each == step.for_each && other.one_of == step.one_of;
    };
    const auto it = std::find_if(steps.begin(), steps.end(), same);
    if (it == steps.end()) {
      steps.push_back(step);
    } else {
      it->rules.push_back(step.rules.front());
    }
  }

  const Json& json_;
  PackContext& context_;
  Compiler compiler_;
};

}  // namespace

Result<Pack> Pack::load(const std::string& file, std::string_view text) {
  auto parsed = parse_json(text);
  if (!parsed) {
    const Text title = title_of(parsed.error());
    return broken(file, "", {{"zh", title.zh}, {"en", title.en}});
  }
  if (auto fits = pack_schema().check(*parsed); !fits) {
    return broken(file, fits.error().details["path"], fits.error().details["reason"]);
  }
  auto pack = std::make_shared<Compiled>();
  pack->json = std::move(*parsed);
  const Json& json = pack->json;
  pack->ref = {json["id"], json["version"], hex(sha256(canonical(json)))};
  Loader loader(json, pack->context);
  loader.load_figures();
  const Json& grading = json["grading"];
  pack->grades = loader.load_grades("/grading/grades", grading["grades"], true);
  pack->upgrades = loader.load_grades("/grading/upgrade/when", grading["upgrade"]["when"], false);
  loader.check_upgrades();
  pack->undecided = text_from(grading["undecided"]);
  pack->undecided_remedy = text_from(grading["undecided"]["remedy"]);
  pack->gas_required = loader.condition("/gas_required/when", json["gas_required"]["when"]);
  if (json.contains("gas_continuous")) {
    pack->gas_continuous = loader.condition("/gas_continuous/when", json["gas_continuous"]["when"]);
  }
  pack->stages = loader.load_rules();
  pack->readings_need_all_facts = loader.readings_need_all_facts();
  if (loader.error()) return broken(file, (*loader.error())["path"], (*loader.error())["reason"]);
  return Pack(std::move(pack));
}

const PackRef& Pack::ref() const { return compiled_->ref; }
const Json& Pack::json() const { return compiled_->json; }
const Zone& Pack::zone() const { return *compiled_->context.zone; }
Night Pack::night() const { return compiled_->context.night; }
bool Pack::readings_need_all_facts() const { return compiled_->readings_need_all_facts; }
const Json& Pack::measures() const { return compiled_->json["measures"]; }

const Json& Pack::pre_start() const {
  static const Json k_none = Json::array();
  const auto items = compiled_->json.find("pre_start");
  return items == compiled_->json.end() ? k_none : *items;
}

bool Pack::requires_signature(std::string_view event) const {
  const auto signatures = compiled_->json.find("signatures");
  if (signatures == compiled_->json.end()) return false;
  const Json& events = (*signatures)["required"];
  return std::find(events.begin(), events.end(), event) != events.end();
}

std::optional<double> Pack::figure(std::string_view name, std::string_view grade) const {
  const auto it = compiled_->context.params.find(name);
  if (it == compiled_->context.params.end() || it->second.type != Type::number) return std::nullopt;
  const auto value = it->second.values.find(it->second.key == "grade" ? grade : "");
  if (value == it->second.values.end()) throw std::out_of_range("no such grade: " + std::string(grade));
  return value->second.get<double>();
}

double Pack::number(std::string_view name, std::string_view grade) const {
  const auto found = figure(name, grade);
  if (!found) throw std::out_of_range("the pack has no figure " + std::string(name));
  return *found;
}

const Json& Pack::approval(std::string_view grade) const {
  return compiled_->json["approval"]["by_grade"].at(std::string(grade));
}

}  // namespace sparkgate::rules
