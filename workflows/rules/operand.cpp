// Operands: facts, figures of the pack, literals and function calls.
#include <algorithm>

#include "workflows/rules/functions.h"

namespace sparkgate::rules {
namespace {

const Json* member(const Json* object, const std::string& name) {
  if (!object || !object->is_object()) return nullptr;
  const auto it = object->find(name);
  return it == object->end() ? nullptr : &*it;
}

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> steps;
  for (size_t at = 0; at <= path.size();) {
    const size_t dot = std::min(path.find('.', at), path.size());
    steps.emplace_back(path.substr(at, dot - at));
    at = dot + 1;
  }
  return steps;
}

bool is_reference(const Json& operand, char sigil) {
  return operand.is_string() && !operand.get_ref<const std::string&>().empty() &&
         operand.get_ref<const std::string&>()[0] == sigil;
}

std::string after_sigil(const Json& operand) { return operand.get_ref<const std::string&>().substr(1); }

// Finds the JSON value of a fact: below a bound item, or below the facts.
std::function<const Json*(const Scope&)> lookup(std::string_view name, const Place& place) {
  auto steps = split(name);
  const auto item = std::find(place.items.begin(), place.items.end(), steps[0]);
  if (item != place.items.end()) {
    const size_t slot = item - place.items.begin();
    return [slot, leaf = steps.back()](const Scope& scope) { return member(scope.items[slot], leaf); };
  }
  return [steps](const Scope& scope) {
    const Json* json = &scope.facts;
    for (const std::string& step : steps) json = member(json, step);
    return json;
  };
}

bool is_about_readings(std::string_view fact) {
  return fact == "grade" || fact == "site.day" || fact.starts_with("site.gas.") || fact.starts_with("reading.") ||
         fact.starts_with("application.");
}

}  // namespace

// Whether the fact may be spoken of here; nullptr after an error.
Compiler::Term Compiler::fact(std::string_view name, const Place& place) {
  const Term broken{};
  const auto row = vocabulary().find(name);
  const auto refuse_fact = [&](const Text& reason) {
    fail(place.path, {reason.zh + ":" + std::string(name), reason.en + ": " + std::string(name)});
    return broken;
  };
  if (row == vocabulary().end()) return refuse_fact({"没有这一事实", "there is no such fact"});
  const std::string root(name.substr(0, name.find('.')));
  const bool of_item = std::any_of(vocabulary().begin(), vocabulary().end(),
                                   [&](const auto& entry) { return entry.second.item == root; });
  if (of_item && std::find(place.items.begin(), place.items.end(), root) == place.items.end()) {
    return refuse_fact({"此处没有逐项绑定", "no list is gone through here"});
  }
  if (row->second.on_site && !place.on_site) {
    return refuse_fact({"该阶段尚无此事实", "not known at every stage of this rule"});
  }
  readings_need_all_facts_ |= place.with_readings && !is_about_readings(name);
  if (name == "grade") {
    if (!place.graded) return refuse_fact({"定级时尚无级别", "not known while grading"});
    return {Type::text, [](const Scope& s) { return Value{!s.grade.empty(), 0, s.grade, nullptr}; }, &row->second};
  }
  const Type type = row->second.type;
  return {type, [find = lookup(name, place), type](const Scope& s) { return value_of(find(s), type); }, &row->second};
}

Compiler::Term Compiler::param(std::string_view name, const Place& place) {
  const auto found = context_.params.find(name);
  if (found == context_.params.end()) {
    fail(place.path, {"没有这一参数：" + std::string(name), "there is no such parameter: " + std::string(name)});
    return {};
  }
  const Param& param = found->second;
  const Type type = param.type;
  if (param.key.empty()) {
    const Value value = value_of(&param.values.at(""), type);
    return {type, [value](const Scope&) { return value; }, nullptr};
  }
  if (param.key == "grade" && !place.graded) {
    fail(place.path, {"定级时尚无级别", "the grade is not known while grading"});
  }
  std::map<std::string, Value, std::less<>> values;
  for (const auto& [key, json] : param.values) values[key] = value_of(&json, type);
  const auto grade = [](const Scope& s) { return Value{true, 0, s.grade, nullptr}; };
  const Term key = param.key == "grade" ? Term{Type::text, grade, nullptr} : fact(param.key, place);
  return {type,
          [values, key = key.value](const Scope& scope) {
            const auto it = values.find(key(scope).text);
            return it == values.end() ? Value{} : it->second;
          },
          nullptr};
}

Compiler::Term Compiler::literal(const Json& json, const Place& place, std::optional<Type> wanted) {
  const Type natural = json.is_boolean() ? Type::boolean : json.is_number() ? Type::number : Type::text;
  const bool retyped = natural == Type::text && (wanted == Type::day || wanted == Type::time);
  const Type type = retyped ? *wanted : natural;
  const auto kept = std::make_shared<const Json>(json);
  const Value value = value_of(kept.get(), type);
  if (!value.known) fail(place.path, {"不是有效的取值", "is no value of type " + std::string(name_of(type))});
  return {type, [kept, value](const Scope&) { return value; }, nullptr};
}

Compiler::Term Compiler::call(const Json& expression, const Place& place) {
  const std::string name = expression.size() == 1 ? expression.begin().key() : "";
  const Function* row = function(name);
  if (!row) {
    fail(place.path, {"没有这一运算或函数：" + name, "there is no such operation or function: " + name});
    return {};
  }
  const Json& operands = expression.begin().value();
  Place inner = place;
  inner.path += "/" + name;
  if (!has_size(operands, row->arguments.size(), inner)) return {};
  std::vector<Term> terms;
  for (size_t i = 0; i < operands.size(); ++i) {
    Place each = inner;
    each.path += "/" + std::to_string(i);
    terms.push_back(term(operands[i], each, row->arguments[i]));
    if (terms[i].type != row->arguments[i]) {
      fail(each.path, {"类型应为 " + std::string(name_of(row->arguments[i])),
                       "must be a " + std::string(name_of(row->arguments[i]))});
    }
  }
  return {row->result,
          [terms, row, &pack = context_](const Scope& scope) {
            std::vector<Value> values;
            for (const Term& term : terms) {
              values.push_back(term.value(scope));
              if (!values.back().known) return Value{};
            }
            return row->call(pack, values);
          },
          nullptr};
}

Compiler::Term Compiler::term(const Json& operand, const Place& place, std::optional<Type> wanted) {
  Term out = is_reference(operand, '$')   ? fact(after_sigil(operand), place)
             : is_reference(operand, '@') ? param(after_sigil(operand), place)
             : operand.is_object()        ? call(operand, place)
                                          : literal(operand, place, wanted);
  if (wanted && out.value && out.type != *wanted) {
    fail(place.path, {"类型应为 " + std::string(name_of(*wanted)) + "，实为 " + std::string(name_of(out.type)),
                      "must be a " + std::string(name_of(*wanted)) + ", is a " + std::string(name_of(out.type))});
  }
  return out;
}

std::function<const Json*(const Scope&)> Compiler::list(const Json& name, const Place& place, const Fact*& found) {
  const Term items = is_reference(name, '$') ? fact(after_sigil(name), place) : Term{};
  if (!items.fact || items.fact->item.empty()) {
    fail(place.path, {"须为可逐项处理的列表", "must be a list of things"});
    return {};
  }
  found = items.fact;
  return [find = lookup(after_sigil(name), place)](const Scope& scope) {
    return value_of(find(scope), Type::list).list;
  };
}

// Of a nullable fact, null says that there is none; only its absence is unknown.
Condition Compiler::presence(const Json& operand, const Place& place, bool negated) {
  const Term term = is_reference(operand, '$') ? fact(after_sigil(operand), place) : Term{};
  if (!term.fact || !term.fact->nullable) {
    fail(place.path, {"须为可为 null 的事实", "must be a fact that may be null"});
    return {};
  }
  const auto find = lookup(after_sigil(operand), place);
  return {[=](const Scope& scope) {
            const Json* json = find(scope);
            return !json ? Truth::unknown : json->is_null() == negated ? Truth::yes : Truth::no;
          },
          [=](const Scope& scope) -> Explanation {
            return {negated ? "null" : "!= null", find(scope) ? find(scope)->dump() : "?"};
          }};
}

}  // namespace sparkgate::rules
