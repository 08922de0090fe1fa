// What a pack is once loaded. Private to pack.cpp and judge.cpp.
#pragma once

#include "workflows/rules/expression.h"
#include "workflows/rules/pack.h"

namespace sparkgate::rules {

using Items = std::function<const Json*(const Scope&)>;  // a list; nullptr when it is unknown

struct Rule {
  std::string code, clause;
  Severity severity = Severity::refuse;
  Text title, remedy;
  Condition when, require;  // `when` may be empty: always
  bool chooses = false;
};

/// Rules that go through the same list together. Without `items`, one rule judged once. With `alternatives` (one_of),
/// one item of the inner list that satisfies all of them is enough; those that satisfy the choosing rules come first.
struct Step {
  std::string for_each, one_of;  // the lists' names, "" when there is none
  Items items, alternatives;
  std::string subject;  // the items' member that findings name
  std::vector<Rule> rules;
};

struct Grade {
  std::string code, clause;
  Condition when;  // empty: the default
};

struct Pack::Compiled {
  PackRef ref;
  Json json;
  PackContext context;
  std::vector<Grade> grades;    // the strictest first
  std::vector<Grade> upgrades;  // reasons; `code` names the reason
  Text undecided, undecided_remedy;
  Condition gas_required;
  std::optional<Condition> gas_continuous;
  std::map<std::string, std::vector<Step>, std::less<>> stages;
  bool readings_need_all_facts = false;
};

}  // namespace sparkgate::rules
