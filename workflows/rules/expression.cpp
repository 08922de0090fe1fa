// Conditions: how parts make a whole, and which part explains it.
#include "workflows/rules/expression.h"

#include <algorithm>

namespace sparkgate::rules {
namespace {

using Order = bool (*)(int);  // of a three-way comparison

struct Relation {
  std::string_view name, negation, sign;
  Order holds;
};

// eq's wording is the wanted value itself.
constexpr Relation k_relations[] = {
    {"eq", "ne", "", [](int c) { return c == 0; }},  {"ne", "eq", "!= ", [](int c) { return c != 0; }},
    {"lt", "ge", "< ", [](int c) { return c < 0; }}, {"le", "gt", "<= ", [](int c) { return c <= 0; }},
    {"gt", "le", "> ", [](int c) { return c > 0; }}, {"ge", "lt", ">= ", [](int c) { return c >= 0; }},
};

const Relation* relation(std::string_view name) {
  for (const Relation& row : k_relations) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

int compare(const Value& a, const Value& b, Type type) {
  if (type == Type::text || type == Type::day) return a.text.compare(b.text);
  return a.number < b.number ? -1 : a.number > b.number;
}

Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

std::string joined(const Json& texts) {
  std::string out;
  for (const Json& text : texts) out.append(out.empty() ? "" : ", ").append(text.get_ref<const std::string&>());
  return out;
}

// Of all parts, the first that makes the whole what it is; of any, what each of them would have needed.
Explanation explain_all(const std::vector<Condition>& parts, const Scope& scope) {
  const Condition* worst = &parts.front();
  for (const Condition& part : parts) {
    if (part.test(scope) < worst->test(scope)) worst = &part;
  }
  return worst->explain(scope);
}

Explanation explain_any(const std::vector<Condition>& parts, const Scope& scope) {
  Explanation out;
  for (const Condition& part : parts) {
    const Explanation one = part.explain(scope);
    out.needed.append(out.needed.empty() ? "" : " | ").append(one.needed);
    out.actual.append(out.actual.empty() ? "" : " | ").append(one.actual);
  }
  return out;
}

}  // namespace

void Compiler::fail(const std::string& path, const Text& reason) {
  if (!error_) error_ = {{"path", path}, {"reason", {{"zh", reason.zh}, {"en", reason.en}}}};
}

bool Compiler::has_size(const Json& parts, size_t size, const Place& place) {
  if (parts.is_array() && parts.size() == size) return true;
  const std::string n = std::to_string(size);
  fail(place.path, {"此处须有 " + n + " 项", "takes " + n + " operands"});
  return false;
}

// Catches misspelt literals: a fact with listed values can never equal another.
void Compiler::check_possible(const Term& term, const Json& literal, const Place& place) {
  if (!term.fact || term.fact->values.empty() || !literal.is_string()) return;
  const auto& text = literal.get_ref<const std::string&>();
  const auto& values = term.fact->values;
  if (text.starts_with("@") || text.starts_with("$")) return;
  if (std::find(values.begin(), values.end(), text) != values.end()) return;
  fail(place.path, {"该事实不可能取此值：" + text, "the fact can never be: " + text});
}

// `negated` is carried down to the comparisons, so that each explains itself the right way round.
Condition Compiler::condition(const Json& expression, const Place& place, bool negated) {
  if (!expression.is_object()) {
    const Term operand = term(expression, place, Type::boolean);
    return of_boolean(operand, !negated);
  }
  if (expression.size() != 1) {
    fail(place.path, {"表达式须恰有一个成员", "an expression has exactly one member"});
    return {};
  }
  const std::string& name = expression.begin().key();
  const Json& operand = expression.begin().value();
  Place inner = place;
  inner.path += "/" + name;
  if (name == "not") return condition(operand, inner, !negated);
  if (name == "all" || name == "any") return junction(operand, inner, (name == "all") != negated, negated);
  if (name == "if") return choice(operand, inner, negated);
  if (name == "every" || name == "exists") return quantified(operand, inner, (name == "every") != negated, negated);
  if (name == "in") return membership(operand, inner, negated);
  if (name == "present") return presence(operand, inner, negated);
  if (name == "empty" || name == "not_empty") return emptiness(operand, inner, (name == "empty") != negated);
  if (relation(name)) return comparison(name, operand, inner, negated);
  return of_boolean(call(expression, place), !negated);
}

Condition Compiler::junction(const Json& parts, const Place& place, bool all, bool negated) {
  if (!parts.is_array() || parts.empty()) {
    fail(place.path, {"此处须为非空列表", "takes a list that is not empty"});
    return {};
  }
  std::vector<Condition> compiled;
  for (size_t i = 0; i < parts.size(); ++i) {
    Place inner = place;
    inner.path += "/" + std::to_string(i);
    compiled.push_back(condition(parts[i], inner, negated));
  }
  const Truth neutral = all ? Truth::yes : Truth::no, final = !neutral;
  return {[=](const Scope& scope) {
            Truth out = neutral;
            for (const Condition& part : compiled) {
              const Truth one = part.test(scope);
              if (one == final) return final;
              if (one == Truth::unknown) out = one;
            }
            return out;
          },
          [=](const Scope& scope) { return all ? explain_all(compiled, scope) : explain_any(compiled, scope); }};
}

Condition Compiler::choice(const Json& parts, const Place& place, bool negated) {
  if (!has_size(parts, 3, place)) return {};
  std::vector<Condition> compiled;
  for (size_t i = 0; i < 3; ++i) {
    Place inner = place;
    inner.path += "/" + std::to_string(i);
    compiled.push_back(condition(parts[i], inner, i > 0 && negated));
  }
  const auto pick = [compiled](const Scope& scope) -> const Condition& {
    const Truth decides = compiled[0].test(scope);
    return compiled[decides == Truth::yes ? 1 : decides == Truth::no ? 2 : 0];
  };
  return {[pick, compiled](const Scope& scope) {
            if (compiled[0].test(scope) != Truth::unknown) return pick(scope).test(scope);
            const Truth then = compiled[1].test(scope);
            return then == compiled[2].test(scope) ? then : Truth::unknown;
          },
          [pick](const Scope& scope) { return pick(scope).explain(scope); }};
}

Condition Compiler::quantified(const Json& parts, const Place& place, bool every, bool negated) {
  if (!has_size(parts, 2, place)) return {};
  const Fact* fact = nullptr;
  Place inner = place;
  inner.path += "/0";
  const auto items = list(parts[0], inner, fact);
  if (!fact) return {};
  const size_t slot = place.items.size();
  if (slot == std::tuple_size_v<decltype(Scope::items)>) {
    fail(place.path, {"嵌套过深", "is nested too deep"});
    return {};
  }
  inner.items.push_back(fact->item);
  inner.path = place.path + "/1";
  const Condition part = condition(parts[1], inner, negated);
  const auto decisive = [=](const Scope& scope, Scope& bound) {
    Truth out = every ? Truth::yes : Truth::no;
    const Json* found = items(scope);
    if (!found) return Truth::unknown;
    const Json* witness = nullptr;
    for (const Json& item : *found) {
      bound.items[slot] = &item;
      const Truth one = part.test(bound);
      if (every ? one < out : one > out) out = one, witness = &item;
    }
    bound.items[slot] = witness;
    return out;
  };
  return {[=](const Scope& scope) {
            Scope bound = scope;
            return decisive(scope, bound);
          },
          [=](const Scope& scope) -> Explanation {
            Scope bound = scope;
            decisive(scope, bound);
            if (bound.items[slot]) return part.explain(bound);
            const Json* found = items(scope);
            return {every ? "?" : ">= 1", found ? std::to_string(found->size()) : "?"};
          }};
}

Condition Compiler::comparison(const std::string& name, const Json& operands, const Place& place, bool negated) {
  if (!has_size(operands, 2, place)) return {};
  // A literal takes the type of the other side: "2026-08-14" is a text or a day.
  const auto is_literal = [](const Json& operand) {
    return !operand.is_object() &&
           !(operand.is_string() && operand.get_ref<const std::string&>().find_first_of("$@") == 0);
  };
  Place left_place = place, right_place = place;
  left_place.path += "/0";
  right_place.path += "/1";
  Term left = is_literal(operands[0]) ? Term{} : term(operands[0], left_place);
  const Term right = term(operands[1], right_place, left.value ? std::optional(left.type) : std::nullopt);
  if (!left.value) left = term(operands[0], left_place, right.type);
  check_possible(left, operands[1], right_place);
  check_possible(right, operands[0], left_place);
  const Relation& row = *relation(negated ? relation(name)->negation : name);
  const Type type = left.type;
  if (left.type != right.type) {
    fail(place.path, {"比较的两项类型不同", std::string("compares ") + std::string(name_of(left.type)) + " with " +
                                                std::string(name_of(right.type))});
  } else if (type == Type::list ||
             ((type == Type::boolean || type == Type::text) && !row.sign.empty() && row.name != "ne")) {
    fail(place.path, {"该类型不能这样比较", std::string(name_of(type)) + " has no such order"});
  }
  return {[=](const Scope& scope) {
            const Value a = left.value(scope), b = right.value(scope);
            return a.known && b.known ? truth_of(row.holds(compare(a, b, type))) : Truth::unknown;
          },
          [=](const Scope& scope) -> Explanation {
            return {std::string(row.sign) + shown(right.value(scope), type), shown(left.value(scope), type)};
          }};
}

Condition Compiler::membership(const Json& operands, const Place& place, bool negated) {
  if (!has_size(operands, 2, place)) return {};
  Place left_place = place, right_place = place;
  left_place.path += "/0";
  right_place.path += "/1";
  const Term left = term(operands[0], left_place);
  if (left.type != Type::text) fail(left_place.path, {"须为文本", "must be a text"});
  Term right;
  if (operands[1].is_array()) {
    for (size_t i = 0; i < operands[1].size(); ++i) {
      Place each = right_place;
      each.path += "/" + std::to_string(i);
      term(operands[1][i], each, Type::text);  // refuses what is no literal text
      check_possible(left, operands[1][i], each);
    }
    const auto literals = std::make_shared<const Json>(operands[1]);
    right = {Type::list, [literals](const Scope&) { return Value{true, 0, {}, literals.get()}; }, nullptr};
  } else {
    right = term(operands[1], right_place);
  }
  if (right.type != Type::list) fail(right_place.path, {"须为列表", "must be a list"});
  return {[=](const Scope& scope) {
            const Value a = left.value(scope), b = right.value(scope);
            if (!a.known || !b.known) return Truth::unknown;
            const auto equal = [&](const Json& item) { return item == a.text; };
            return truth_of(std::any_of(b.list->begin(), b.list->end(), equal) != negated);
          },
          [=](const Scope& scope) -> Explanation {
            const Value b = right.value(scope);
            return {std::string(negated ? "∉ {" : "∈ {") + (b.known ? joined(*b.list) : "?") + "}",
                    shown(left.value(scope), Type::text)};
          }};
}

Condition Compiler::emptiness(const Json& operand, const Place& place, bool empty) {
  const Term term_of_list = term(operand, place);
  if (term_of_list.type != Type::list) fail(place.path, {"须为列表", "must be a list"});
  return {[=](const Scope& scope) {
            const Value value = term_of_list.value(scope);
            return value.known ? truth_of(value.list->empty() == empty) : Truth::unknown;
          },
          [=](const Scope& scope) -> Explanation {
            return {empty ? "0" : ">= 1", shown(term_of_list.value(scope), Type::list)};
          }};
}

Condition Compiler::of_boolean(const Term& term, bool needed) {
  return {[=](const Scope& scope) {
            const Value value = term.value(scope);
            return value.known ? truth_of((value.number != 0) == needed) : Truth::unknown;
          },
          [=](const Scope& scope) -> Explanation {
            return {needed ? "true" : "false", shown(term.value(scope), Type::boolean)};
          }};
}

}  // namespace sparkgate::rules
