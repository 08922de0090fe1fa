#include "admin/import_judge.h"

#include <algorithm>
#include <charconv>

#include "certs/identifiers.h"
#include "engine/base/codes.h"
#include "workflows/registry/workflow.h"

namespace sparkgate::admin {
namespace {

// Where a JSON pointer into the record stands in the table: "/days/3/date" is column date of the fourth row.
std::pair<const CsvRow*, std::string> place_of(const Draft& draft, std::string_view path) {
  const std::string prefix = "/" + draft.list + "/";
  size_t item = 0;
  if (!draft.list.empty() && path.starts_with(prefix)) {
    path.remove_prefix(prefix.size());
    const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), item);
    path.remove_prefix(static_cast<size_t>(end - path.data()));
    if (item >= draft.rows.size()) item = 0;
  }
  if (path.starts_with('/')) path.remove_prefix(1);
  std::string column(path.substr(0, path.find('/')));
  const auto& columns = draft.table->columns;
  if (std::find(columns.begin(), columns.end(), column) == columns.end()) column = columns.front();
  return {draft.rows[item], std::move(column)};
}

Refusal row_error(const Draft& draft, std::string_view path, const Text& reason) {
  const auto [row, column] = place_of(draft, path);
  return draft.table->invalid(*row, column, reason);
}

Text sentence(const Json& reason) { return {text_of(reason, "zh"), text_of(reason, "en")}; }

// A workflow's refusal as an error of the table: at the member it names, else at the key.
Refusal in_table(const Draft& draft, Refusal why, std::string_view key_member) {
  const std::string path = why.details.contains("path") ? text_of(why.details, "path") : "/" + std::string(key_member);
  if (why.code == Code::payload_invalid) return row_error(draft, path, sentence(why.details["reason"]));
  why.details["path"] = place_of(draft, path).second;
  return row_error(draft, path, title_of(why));
}

}  // namespace

// What is stored, and the rows read so far as if they were.
class Judge::Overlay final : public View {
 public:
  explicit Overlay(const View& below) : below_(below) {}

  InstancePtr find(std::string_view id) const override {
    const auto it = rows_.find(id);
    return it != rows_.end() ? it->second : below_.find(id);
  }
  std::vector<InstancePtr> linked(std::string_view workflow, std::string_view kind,
                                  std::string_view ref) const override {
    std::vector<InstancePtr> out = below_.linked(workflow, kind, ref);
    const auto [first, last] = links_.equal_range(key(workflow, kind, ref));
    for (auto it = first; it != last; ++it) out.push_back(it->second);
    return out;
  }
  int64_t counter(std::string_view name) const override { return below_.counter(name); }
  void add(Instance instance, const Index& index) {
    const auto shared = std::make_shared<const Instance>(std::move(instance));
    rows_[shared->id] = shared;
    for (const auto& [kind, ref] : index.links) links_.emplace(key(shared->workflow, kind, ref), shared);
  }
  std::string next_id() const { return "row-" + std::to_string(rows_.size() + 1); }

 private:
  static std::string key(std::string_view workflow, std::string_view kind, std::string_view ref) {
    return std::string(workflow).append("\n").append(kind).append("\n").append(ref);
  }
  const View& below_;
  std::map<std::string, InstancePtr, std::less<>> rows_;
  std::multimap<std::string, InstancePtr> links_;
};

struct Judge::Form {
  std::unique_ptr<Workflow> workflow;
  Schema schema;
};

Judge::Judge(const View& view, const Actor& actor) : overlay_(std::make_unique<Overlay>(view)), actor_(actor) {
  for (auto& workflow : registry::workflows()) {
    const Description& description = workflow->description();
    Schema schema(description.event("register")->payload_schema);
    forms_.emplace(description.name, Form{std::move(workflow), std::move(schema)});
  }
}

Judge::~Judge() = default;

bool Judge::fits_schema(std::string_view kind, const Draft& draft, std::vector<Refusal>& errors) const {
  const auto fits = forms_.find(kind)->second.schema.check(draft.record);
  if (fits) return true;
  for (const Json& error : fits.error().details["errors"]) {
    errors.push_back(row_error(draft, text_of(error, "path"), sentence(error["reason"])));
  }
  return false;
}

bool Judge::register_one(std::string_view kind, const Draft& draft, Import& import) {
  const Workflow& workflow = *forms_.find(kind)->second.workflow;
  const registry::Kind& row = *registry::kind_of(kind);
  Instance instance;
  instance.workflow = kind;
  const Situation situation{instance, "register", actor_, Time{}, *overlay_, random_};
  Cast cast(people_of(instance));
  const auto decision = workflow.decide(situation, draft.record, cast);
  if (decision) {
    workflow.apply(instance, {"register", "system", Time{}, decision->facts, decision->personal});
    import.commands.push_back({std::string(kind), "", "register", draft.record, actor_, {}, "", {}});
  } else {
    import.errors.push_back(in_table(draft, decision.error(), row.key.member));
    assume(kind, draft);
    return false;
  }
  keep(workflow, std::move(instance));
  return true;
}

void Judge::assume(std::string_view kind, const Draft& draft) {
  Instance instance;
  instance.workflow = kind;
  instance.state = "Valid";
  instance.data = draft.record;
  instance.personal = draft.record;
  keep(*forms_.find(kind)->second.workflow, std::move(instance));
}

void Judge::keep(const Workflow& workflow, Instance instance) {
  instance.id = overlay_->next_id();
  instance.version = 1;
  const Index index = workflow.index(instance, *overlay_);
  overlay_->add(std::move(instance), index);
}

bool Judge::knows(std::string_view kind, std::string_view key) const {
  return registry::find_one(*overlay_, kind, normal_identifier(key)) != nullptr;
}

}  // namespace sparkgate::admin
