#include "engine/base/schema.h"

#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/utils/nlohmann_json_utils.hpp>
#include <valijson/validator.hpp>

#include "engine/base/time.h"

namespace sparkgate {

struct Schema::Compiled {
  valijson::Schema schema;
};

namespace {

// valijson names a place "<root>[operators][0]"; everybody else knows JSON pointers.
std::string pointer_of(const std::vector<std::string>& context) {
  std::string out;
  for (const std::string& step : context) {
    if (step.size() > 2 && step.front() == '[') out += "/" + step.substr(1, step.size() - 2);
  }
  return out;
}

Json errors_of(valijson::ValidationResults& results) {
  // A failed parent repeats its children's failures in other words; the deepest place says it best.
  Json errors = Json::array();
  std::set<std::string> seen;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    const std::string path = pointer_of(error.context);
    if (seen.insert(path).second) errors.push_back({{"path", path}, {"reason", error.description}});
  }
  const auto is_parent = [&](const Json& e) {
    const std::string path = e["path"].get<std::string>() + "/";
    for (const std::string& other : seen) {
      if (other.compare(0, path.size(), path) == 0) return true;
    }
    return false;
  };
  Json leaves = Json::array();
  for (const Json& e : errors) {
    if (!is_parent(e)) leaves.push_back(e);
  }
  return leaves;
}

}  // namespace

Schema::Schema(const Json& schema) {
  auto compiled = std::make_shared<Compiled>();
  valijson::adapters::NlohmannJsonAdapter adapter(schema);
  valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, compiled->schema);
  compiled_ = std::move(compiled);
}

Result<void> Schema::check(const Json& value) const {
  valijson::adapters::NlohmannJsonAdapter adapter(value);
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  if (validator.validate(compiled_->schema, adapter, nullptr)) return {};
  valijson::ValidationResults results;  // gathered only when needed: it doubles the cost of a good body
  validator.validate(compiled_->schema, adapter, &results);
  Json errors = errors_of(results);
  Json details = {{"path", errors[0]["path"]}, {"reason", errors[0]["reason"]}, {"errors", errors}};
  return refuse(Code::payload_invalid, std::move(details));
}

}  // namespace sparkgate
