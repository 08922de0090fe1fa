// Which members of an application a rule looks at, and so what it waits for while they are not given.
#pragma once

#include "workflows/hot_work_permit/preview.h"

namespace sparkgate::permit {

/// Sorts the findings of a half-written application: what the facts show, and what only shows that facts are missing.
class Missing {
 public:
  Missing(const Draft& draft, const rules::Pack& pack);

  /// Keeps the rule for the members it waits for. False: the finding stands whatever is still to come.
  bool takes(const Finding& finding);
  /// [{path, required, rules: [{code, clause, title}]}]: the schema's first.
  Json rows() const { return rows_; }
  /// The member that the finding is about, a JSON pointer; "" when it is about none.
  std::string path_of(const Finding& finding) const;

 private:
  struct Rule {
    std::vector<std::string> paths;  // that it looks at
    std::string list;                // whose items it goes through, a member of the application; ""
  };
  void add_rule(const std::string& name, const Json& row);
  const Rule* rule_of(const Finding& finding) const;
  bool is_lacking(const std::string& path) const;
  bool is_given(const std::string& path) const;
  Json& row_of(const std::string& path);

  const Draft& draft_;
  std::map<std::string, Rule, std::less<>> rules_;
  Json rows_ = Json::array();
};

}  // namespace sparkgate::permit
