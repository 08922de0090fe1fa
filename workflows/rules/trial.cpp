#include "workflows/rules/trial.h"

#include <algorithm>
#include <set>

namespace sparkgate::rules {
namespace {

using Codes = std::set<std::string>;

bool knows_grade(const Pack& pack, const std::string& grade) {
  return pack.json().at("approval").at("by_grade").contains(grade);
}

Json outcome(const Judgement& judgement, const Pack* pack) {
  Codes findings, warnings;
  for (const Finding& f : judgement.findings) (f.severity == Severity::warn ? warnings : findings).insert(f.code);
  const bool has_steps = pack && knows_grade(*pack, judgement.grade);
  return {{"grade", judgement.grade},
          {"verdict", judgement.refuses() ? "refused" : judgement.undecided() ? "undecided" : "passed"},
          {"findings", findings},
          {"warnings", warnings},
          {"steps", has_steps ? Json(pack->approval(judgement.grade).size()) : Json()}};
}

Json minus(const Json& some, const Json& others) {
  Json out = Json::array();
  for (const Json& one : some) {
    if (std::find(others.begin(), others.end(), one) == others.end()) out.push_back(one);
  }
  return out;
}

}  // namespace

// Figures go by grade: of one that the pack does not have, it can say nothing.
Json outcome_of(const Pack& pack, std::string_view stage, const Json& facts) {
  const std::string grade = text_of(facts, "grade");
  if (stage == "submit" || knows_grade(pack, grade)) return outcome(pack.judge(stage, facts), &pack);
  return {{"grade", grade},
          {"verdict", "undecided"},
          {"findings", {"grade_undecided"}},
          {"warnings", Json::array()},
          {"steps", nullptr}};
}

Json outcome_of_record(const Json& record, const Pack* pack) {
  Judgement judgement;
  judgement.grade = text_of(record, "grade");
  for (const Json& finding : record.value("findings", Json::array())) {
    judgement.findings.push_back(finding_from_json(finding));
  }
  return outcome(judgement, pack);
}

Json difference(Json before, Json after) {
  if (before == after) return nullptr;
  Json more = minus(after.at("findings"), before.at("findings"));
  Json fewer = minus(before.at("findings"), after.at("findings"));
  return {{"before", std::move(before)},
          {"after", std::move(after)},
          {"more_findings", std::move(more)},
          {"fewer_findings", std::move(fewer)}};
}

}  // namespace sparkgate::rules
