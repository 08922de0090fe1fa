// Evaluation: facts in, grade and findings out.
#include <algorithm>

#include "workflows/rules/compiled.h"

namespace sparkgate::rules {
namespace {

// How much a set of findings stands in the way.
int weight(const std::vector<Finding>& findings) {
  int out = 0;
  for (const Finding& f : findings) {
    out = std::max(out, f.severity == Severity::refuse ? 3 : f.severity == Severity::undecided ? 2 : 1);
  }
  return out;
}

// A rule holds when it does not apply or its requirement is met; what cannot be known waits for a person, except that
// a warning never holds anything up.
void judge_rule(const Rule& rule, const Scope& scope, const std::string& subject, std::vector<Finding>& out) {
  const Truth applies = rule.when.test ? rule.when.test(scope) : Truth::yes;
  if (applies == Truth::no) return;
  const Truth met = rule.require.test(scope);
  if (met == Truth::yes) return;
  const bool unknown = applies == Truth::unknown || met == Truth::unknown;
  Explanation why = applies == Truth::unknown ? rule.when.explain(scope) : rule.require.explain(scope);
  out.push_back({rule.code, rule.clause, subject, std::move(why.needed), std::move(why.actual),
                 unknown && rule.severity == Severity::refuse ? Severity::undecided : rule.severity, rule.title,
                 rule.remedy});
}

std::vector<Finding> judge_all(const std::vector<Rule>& rules, const Scope& scope, const std::string& subject) {
  std::vector<Finding> out;
  for (const Rule& rule : rules) judge_rule(rule, scope, subject, out);
  return out;
}

bool is_chosen(const std::vector<Rule>& rules, const Scope& scope) {
  return std::all_of(rules.begin(), rules.end(),
                     [&](const Rule& rule) { return !rule.chooses || rule.require.test(scope) == Truth::yes; });
}

// One good alternative is enough. Otherwise each defect of each candidate counts once; where a candidate merely waits
// for a person, the others' refusals do not matter.
void judge_alternatives(const Step& step, Scope scope, const std::string& subject, std::vector<Finding>& out) {
  const Json* alternatives = step.alternatives(scope);
  static const Json k_unknown = Json::array({Json::object()});
  std::vector<std::vector<Finding>> chosen, others;
  for (const Json& item : alternatives ? *alternatives : k_unknown) {
    scope.items[1] = &item;
    auto findings = judge_all(step.rules, scope, subject);
    (is_chosen(step.rules, scope) ? chosen : others).push_back(std::move(findings));
  }
  int least = 3;
  const auto& candidates = chosen.empty() ? others : chosen;
  for (const auto& findings : candidates) least = std::min(least, weight(findings));
  const size_t first = out.size();
  for (const auto& findings : candidates) {
    if (weight(findings) != least) continue;
    for (const Finding& f : findings) {
      const auto same = [&](const Finding& other) { return other.code == f.code; };
      if (std::none_of(out.begin() + first, out.end(), same)) out.push_back(f);
    }
    if (least < 3) return;
  }
}

std::string subject_of(const Json& item, const std::string& member) {
  return item.is_string() ? item.get<std::string>() : text_of(item, member);
}

void judge_step(const Step& step, Scope scope, std::vector<Finding>& out) {
  if (!step.items) {
    for (const Rule& rule : step.rules) judge_rule(rule, scope, "", out);
    return;
  }
  static const Json k_unknown = Json::array({Json::object()});  // one thing of which nothing is known
  const Json* items = step.items(scope);
  for (const Json& item : items ? *items : k_unknown) {
    scope.items[0] = &item;
    const std::string subject = subject_of(item, step.subject);
    if (step.alternatives) {
      judge_alternatives(step, scope, subject, out);
    } else {
      for (const Rule& rule : step.rules) judge_rule(rule, scope, subject, out);
    }
  }
}

}  // namespace

bool Judgement::refuses() const { return weight(findings) == 3; }

bool Judgement::undecided() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Severity::undecided; });
}

namespace {

// What is not known counts as the stricter answer until a person decides.
void compute_grade(const std::vector<Grade>& grades, const std::vector<Grade>& upgrades, const Json& upgrade_to,
                   const Scope& scope, Judgement& out, std::vector<std::pair<const Grade*, Truth>>& reached) {
  for (const Grade& grade : grades) {
    const Truth applies = grade.when.test ? grade.when.test(scope) : Truth::yes;
    if (applies == Truth::no) continue;
    out.grade = grade.code;
    reached.emplace_back(&grade, applies);
    break;
  }
  out.base_grade = out.grade;
  const std::string higher = upgrade_to.at(out.grade).get<std::string>();
  bool upgrades_it = false;
  for (const Grade& upgrade : upgrades) {
    const Truth applies = upgrade.when.test(scope);
    if (applies == Truth::no) continue;
    out.upgrade_reasons.push_back(upgrade.code);
    upgrades_it = true;
    if (higher != out.grade) reached.emplace_back(&upgrade, applies);
  }
  out.upgraded = upgrades_it && higher != out.grade;
  if (out.upgraded) out.grade = higher;
}

}  // namespace

Judgement Pack::judge(std::string_view stage, const Json& facts) const {
  const Compiled& pack = *compiled_;
  Judgement out;
  if (stage == "submit") {
    const Scope ungraded{facts, "", {}};
    std::vector<std::pair<const Grade*, Truth>> reached;
    compute_grade(pack.grades, pack.upgrades, pack.json["grading"]["upgrade"]["to"], ungraded, out, reached);
    for (const auto& [grade, applies] : reached) {
      if (applies == Truth::yes) continue;
      Explanation why = grade->when.explain(ungraded);
      out.findings.push_back({"grade_undecided", grade->clause, grade->code, std::move(why.needed),
                              std::move(why.actual), Severity::undecided, pack.undecided, pack.undecided_remedy});
    }
  } else {
    out.grade = text_of(facts, "grade");
  }
  const Scope scope{facts, out.grade, {}};
  const auto steps = pack.stages.find(stage);
  if (steps == pack.stages.end()) return out;
  for (const Step& step : steps->second) judge_step(step, scope, out.findings);
  return out;
}

bool Pack::gas_continuous(const Json& facts, std::string_view grade) const {
  const Scope scope{facts, grade, {}};
  return compiled_->gas_continuous && compiled_->gas_continuous->test(scope) != Truth::no;
}

bool Pack::gas_required(const Json& facts) const {
  const Scope scope{facts, "", {}};
  return compiled_->gas_required.test(scope) != Truth::no;
}

}  // namespace sparkgate::rules
