// Tries each row of a ledger on the registry's own workflows, over the rows before it, without storing anything.
#pragma once

#include <map>
#include <memory>

#include "admin/import.h"
#include "engine/base/random.h"

namespace sparkgate::admin {

/// A record as one or several rows of a table say it. With `list`, item i of that member comes from row i.
struct Draft {
  Json record;
  const CsvTable* table;
  std::vector<const CsvRow*> rows;
  std::string list;
};

class Judge {
 public:
  Judge(const View& view, const Actor& actor);
  ~Judge();

  /// Adds an error for each member that is not as the schema of the kind's `register` wants it.
  bool fits_schema(std::string_view kind, const Draft& draft, std::vector<Refusal>& errors) const;
  /// Adds the command, or the error and assumes the record. False for an error.
  bool register_one(std::string_view kind, const Draft& draft, Import& import);
  /// Later rows may refer to a record that has an error of its own, so that one mistake is named once.
  void assume(std::string_view kind, const Draft& draft);
  /// Is there such a record, stored or from an earlier row?
  bool knows(std::string_view kind, std::string_view key) const;

 private:
  class Overlay;
  struct Form;
  void keep(const Workflow& workflow, Instance instance);
  std::unique_ptr<Overlay> overlay_;
  std::map<std::string, Form, std::less<>> forms_;
  const Actor& actor_;
  SystemRandom random_;
};

}  // namespace sparkgate::admin
