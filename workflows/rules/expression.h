// Rule expressions: JSON compiled once into closures over facts, in three-valued logic.
#pragma once

#include <array>
#include <functional>
#include <optional>

#include "workflows/rules/vocabulary.h"
#include "workflows/rules/zone.h"

namespace sparkgate::rules {

/// Ordered so that "all" is the least and "any" the greatest of its parts.
enum class Truth { no, unknown, yes };

inline Truth operator!(Truth truth) { return static_cast<Truth>(2 - static_cast<int>(truth)); }

/// What an expression is evaluated in: the facts, the items bound by for_each, every and exists, and the grade.
struct Scope {
  const Json& facts;
  std::string_view grade;
  std::array<const Json*, 3> items{};
};

/// A fact, a figure or a literal while it is compared; `text` borrows from facts or pack, instants are milliseconds.
struct Value {
  bool known = false;
  double number = 0;
  std::string_view text;
  const Json* list = nullptr;
};

/// Why a condition does not hold: language-free, out of the comparison itself.
struct Explanation {
  std::string needed, actual;
};

struct Condition {
  std::function<Truth(const Scope&)> test;
  std::function<Explanation(const Scope&)> explain;
};

/// A named figure of the pack: one value, or one by grade or by method (`key` "grade", "application.method").
struct Param {
  Type type = Type::number;
  std::string key;
  std::map<std::string, Json, std::less<>> values;  // under "" when there is no key
};

/// What a pack gives its expressions.
struct PackContext {
  std::map<std::string, Param, std::less<>> params;
  std::vector<std::string> grades;
  std::optional<Zone> zone;
  Night night;
};

/// Where an expression stands: which items are bound, and whether facts of the site may be used.
struct Place {
  std::string path;                // JSON pointer within the pack
  std::vector<std::string> items;  // names, in order of Scope::items
  bool on_site = false;
  bool graded = true;          // false while the grade is still being computed
  bool with_readings = false;  // judged with every reading
};

/// Compiles expressions of one pack. The first error found is kept in `error` ({path, reason: {zh, en}}); what is
/// compiled afterwards must not be run. `context` must outlive the conditions.
///
///   true | "$fact"                                    a boolean
///   {"eq|ne|lt|le|gt|ge": [operand, operand]}         operands of one type
///   {"in": [operand, [literals] | "@param"]}
///   {"present": "$nullable"}                          there is one (null: there is none)
///   {"empty|not_empty": "$list" | "@list"}
///   {"all|any": [expressions]}, {"not": expression}, {"if": [condition, then, else]}
///   {"every|exists": ["$list", expression]}           binds the list's item name
///   {"function": [operands]}                          see functions.cpp
/// An operand is "$fact", "@param" (of the grade or method), a number, a text, or a function that gives no boolean.
class Compiler {
 public:
  explicit Compiler(const PackContext& context) : context_(context) {}

  Condition condition(const Json& expression, const Place& place) { return condition(expression, place, false); }

  /// The list that "$name" stands for; nullptr when it is unknown. For for_each.
  std::function<const Json*(const Scope&)> list(const Json& name, const Place& place, const Fact*& fact);

  void fail(const std::string& path, const Text& reason);
  const std::optional<Json>& error() const { return error_; }
  /// Something that is judged with every reading speaks of more than grade, application, day and gas.
  bool readings_need_all_facts() const { return readings_need_all_facts_; }

 private:
  struct Term {
    Type type = Type::boolean;
    std::function<Value(const Scope&)> value;
    const Fact* fact = nullptr;
  };

  Condition condition(const Json& expression, const Place& place, bool negated);
  Condition junction(const Json& parts, const Place& place, bool all, bool negated);
  Condition choice(const Json& parts, const Place& place, bool negated);
  Condition quantified(const Json& parts, const Place& place, bool every, bool negated);
  Condition comparison(const std::string& name, const Json& operands, const Place& place, bool negated);
  Condition membership(const Json& operands, const Place& place, bool negated);
  Condition presence(const Json& operand, const Place& place, bool negated);
  Condition emptiness(const Json& operand, const Place& place, bool empty);
  Condition of_boolean(const Term& term, bool needed);

  Term term(const Json& operand, const Place& place, std::optional<Type> wanted = std::nullopt);
  Term fact(std::string_view name, const Place& place);
  Term param(std::string_view name, const Place& place);
  Term literal(const Json& value, const Place& place, std::optional<Type> wanted);
  Term call(const Json& expression, const Place& place);
  void check_possible(const Term& term, const Json& literal, const Place& place);
  bool has_size(const Json& parts, size_t size, const Place& place);

  const PackContext& context_;
  std::optional<Json> error_;
  bool readings_need_all_facts_ = false;
};

/// The value of a fact of that type; unknown when the JSON value is absent, null or of another type.
Value value_of(const Json* json, Type type);

/// As findings write it: numbers without trailing zeros, unknown as "?".
std::string shown(const Value& value, Type type);

}  // namespace sparkgate::rules
