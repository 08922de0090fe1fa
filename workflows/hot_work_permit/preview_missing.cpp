#include "workflows/hot_work_permit/preview_missing.h"

#include <algorithm>

namespace sparkgate::permit {
namespace {

// Where the facts of the vocabulary come from: by their whole name, or its first step.
struct Source {
  std::string_view fact;
  const char* member;
  const char* other = nullptr;
};
constexpr Source k_sources[] = {
    {"application.outdoor", "/place/outdoor"},
    {"application.height_metres", "/place/height_metres"},
    {"application.confined_space", "/place/confined_space"},
    {"window", "/starts", "/ends"},
    {"operators", "/operators"},
    {"operator", "/operators"},
    {"certificate", "/operators"},
    {"machines", "/machines"},
    {"machine", "/machines"},
    {"fire_watch", "/fire_watch"},
    {"unit", "/unit"},
    {"owner", "/owner_unit"},
};

void add(std::vector<std::string>& paths, const std::string& path) {
  if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
}

void add_sources(std::string_view fact, std::vector<std::string>& paths) {
  const std::string_view first = fact.substr(0, fact.find('.'));
  for (const Source& source : k_sources) {
    if (source.fact != fact && source.fact != first) continue;
    add(paths, source.member);
    if (source.other) add(paths, source.other);
    return;
  }
  if (first == "application") add(paths, "/" + std::string(fact.substr(first.size() + 1)));
}

// Every "$fact" within an expression.
void add_paths(const Json& expression, std::vector<std::string>& paths) {
  if (expression.is_string()) {
    const std::string_view text = expression.get_ref<const std::string&>();
    if (text.starts_with('$')) add_sources(text.substr(1), paths);
  }
  if (!expression.is_structured()) return;
  for (const Json& part : expression) add_paths(part, paths);
}

}  // namespace

Missing::Missing(const Draft& draft, const rules::Pack& pack) : draft_(draft) {
  const Json& json = pack.json();
  for (const Json& row : json.at("rules")) add_rule(row.at("code"), row);
  for (const Json& row : json.at("grading").at("grades")) add_rule("grade_undecided " + text_of(row, "code"), row);
  for (const Json& row : json.at("grading").at("upgrade").at("when")) {
    add_rule("grade_undecided " + text_of(row, "code"), row);
  }
  for (const std::string& path : draft.lacking) row_of(path);
}

void Missing::add_rule(const std::string& name, const Json& row) {
  Rule& rule = rules_[name];
  for (const char* member : {"for_each", "one_of", "when", "require"}) {
    if (row.contains(member)) add_paths(row.at(member), rule.paths);
  }
  const std::string list = row.value("for_each", "");
  if (!list.empty()) rule.list = list.substr(1);  // "$operators"
}

const Missing::Rule* Missing::rule_of(const Finding& finding) const {
  const bool is_of_grade = finding.code == "grade_undecided";
  const auto found = rules_.find(is_of_grade ? finding.code + " " + finding.subject : finding.code);
  return found == rules_.end() ? nullptr : &found->second;
}

bool Missing::is_lacking(const std::string& path) const {
  return std::find(draft_.lacking.begin(), draft_.lacking.end(), path) != draft_.lacking.end();
}

bool Missing::is_given(const std::string& path) const { return draft_.application.contains(Json::json_pointer(path)); }

Json& Missing::row_of(const std::string& path) {
  for (Json& row : rows_) {
    if (row.at("path") == path) return row;
  }
  rows_.push_back({{"path", path}, {"required", is_lacking(path)}, {"rules", Json::array()}});
  return rows_.back();
}

bool Missing::takes(const Finding& finding) {
  const Rule* rule = rule_of(finding);
  if (!rule) return false;
  bool waits = false;
  for (const std::string& path : rule->paths) {
    if (is_given(path) || (!is_lacking(path) && finding.severity == Severity::refuse)) continue;
    row_of(path)["rules"].push_back(
        {{"code", finding.code}, {"clause", finding.clause}, {"title", bilingual(finding.title.zh, finding.title.en)}});
    waits = true;
  }
  return waits;
}

std::string Missing::path_of(const Finding& finding) const {
  const Rule* rule = rule_of(finding);
  if (!rule) return "";
  if (!rule->list.empty() && draft_.application.contains(rule->list)) {
    const Json& items = draft_.application.at(rule->list);
    const auto at = std::find(items.begin(), items.end(), Json(finding.subject));
    if (at != items.end()) return "/" + rule->list + "/" + std::to_string(at - items.begin());
  }
  return rule->paths.empty() ? "" : rule->paths.front();
}

}  // namespace sparkgate::permit
