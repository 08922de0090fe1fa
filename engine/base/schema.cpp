#include "engine/base/schema.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/utils/nlohmann_json_utils.hpp>
#include <valijson/validator.hpp>

#include "engine/base/codes.h"
#include "engine/base/time.h"

namespace sparkgate {

struct Schema::Compiled {
  valijson::Schema schema;
};

namespace {

struct Wording {
  std::string_view before, after;  // valijson's message, around its argument
  std::string_view zh, en;         // "{}" stands for the argument
  bool names_member = false;       // the argument is a member, which then is the place
};

// What valijson can say of draft 7, for the person who must mend it.
constexpr std::array k_wordings = {
    Wording{"Missing required property '", "'.", "为必填项", "is required", true},
    Wording{"Missing dependency '", "'.", "在此情形下为必填项", "is required in this case", true},
    Wording{"Object contains a property that could not be validated using 'properties' or 'additionalProperties' "
            "constraints: '",
            "'.", "不是已知的成员", "is not a known member", true},
    Wording{"Value type not permitted by 'type' constraint.", "", "类型不符", "is of the wrong type"},
    Wording{"Failed to match against any enum values.", "", "不在允许的取值之内", "is none of the permitted values"},
    Wording{"Failed to match expected value set by 'const' constraint.", "", "不是规定的值",
            "is not the value required"},
    Wording{"Failed to match regex specified by 'pattern' constraint.", "", "格式不符",
            "does not have the required form"},
    Wording{"String should be a valid date-time", "", "不是有效的日期或时间", "is not a valid date or time"},
    Wording{"String should be a valid date", "", "不是有效的日期", "is not a valid date"},
    Wording{"String should be a valid time", "", "不是有效的时间", "is not a valid time of day"},
    Wording{"String should be no fewer than ", " characters in length.", "不得少于 {} 个字符",
            "needs at least {} characters"},
    Wording{"String should be no more than ", " characters in length.", "不得超过 {} 个字符",
            "allows at most {} characters"},
    Wording{"Array should contain no fewer than ", " elements.", "不得少于 {} 项", "needs at least {} items"},
    Wording{"Array should contain no more than ", " elements.", "不得超过 {} 项", "allows at most {} items"},
    Wording{"Elements at indexes ", " violate uniqueness constraint.", "有重复项：{}", "repeats items: {}"},
    Wording{"Object should have no fewer than ", " properties.", "不得少于 {} 个成员", "needs at least {} members"},
    Wording{"Object should have no more than ", " properties.", "不得超过 {} 个成员", "allows at most {} members"},
    Wording{"Expected number less than or equal to ", "", "不得大于 {}", "must be at most {}"},
    Wording{"Expected number less than ", "", "须小于 {}", "must be less than {}"},
    Wording{"Expected number greater than or equal to ", "", "不得小于 {}", "must be at least {}"},
    Wording{"Expected number greater than ", "", "须大于 {}", "must be greater than {}"},
    Wording{"Value should be a multiple of ", "", "须为 {} 的整数倍", "must be a multiple of {}"},
    Wording{"", "", "不符合接口说明", "does not match the interface's description"},
};

bool fits(const Wording& wording, std::string_view message) {
  return message.starts_with(wording.before) && message.ends_with(wording.after) &&
         message.size() >= wording.before.size() + wording.after.size();
}

// valijson prints every number with six decimals: "8.000000" → "8".
std::string tidy(std::string_view argument) {
  if (argument.find_first_not_of("-0123456789.") == argument.npos && argument.find('.') != argument.npos) {
    argument.remove_suffix(argument.size() - argument.find_last_not_of('0') - 1);
    if (argument.ends_with('.')) argument.remove_suffix(1);
  }
  return std::string(argument);
}

std::string with_argument(std::string_view wording, const std::string& argument) {
  const size_t at = wording.find("{}");
  if (at == wording.npos) return std::string(wording);
  std::string out(wording.substr(0, at));
  return out.append(argument).append(wording.substr(at + 2));
}

// RFC 6901.
std::string escaped(std::string_view step) {
  std::string out(1, '/');
  for (const char c : step) {
    if (c == '~' || c == '/') {
      out.append(c == '~' ? "~0" : "~1");
    } else {
      out.push_back(c);
    }
  }
  return out;
}

// valijson names a place "<root>[operators][0]"; everybody else knows JSON pointers.
std::string pointer_of(const std::vector<std::string>& context) {
  std::string out;
  for (const std::string_view step : context) {
    if (step.size() > 2 && step.front() == '[') out += escaped(step.substr(1, step.size() - 2));
  }
  return out;
}

Json error_of(const valijson::ValidationResults::Error& error) {
  const std::string_view message = error.description;
  const auto& row = *std::find_if(k_wordings.begin(), k_wordings.end(),
                                  [&](const Wording& wording) { return fits(wording, message); });
  const auto argument_size = message.size() - row.before.size() - row.after.size();
  const std::string argument = tidy(message.substr(row.before.size(), argument_size));
  const std::string path = pointer_of(error.context) + (row.names_member ? escaped(argument) : "");
  return {{"path", path}, {"reason", bilingual(with_argument(row.zh, argument), with_argument(row.en, argument))}};
}

// A failed parent repeats its children's failures in other words; the deepest place says it best.
Json errors_of(valijson::ValidationResults& results) {
  std::vector<Json> errors;
  std::set<std::string> places;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    Json item = error_of(error);
    if (places.insert(item["path"]).second) errors.push_back(std::move(item));
  }
  const auto has_child = [&](const Json& item) {
    const std::string prefix = item["path"].get<std::string>() + "/";
    const auto next = places.lower_bound(prefix);
    return next != places.end() && next->starts_with(prefix);
  };
  Json leaves = Json::array();
  for (Json& item : errors) {
    if (!has_child(item)) leaves.push_back(std::move(item));
  }
  return leaves;
}

// A validator compiles each `pattern` once and keeps it, which costs far more than to match it: so validators are lent
// and given back. There are as many as checks ever ran at once.
class Lent {
 public:
  Lent() {
    const std::lock_guard lock(mutex());
    if (shelf().empty()) {
      validator_ = std::make_unique<valijson::Validator>(valijson::Validator::kStrongTypes);
    } else {
      validator_ = std::move(shelf().back());
      shelf().pop_back();
    }
  }
  ~Lent() {
    const std::lock_guard lock(mutex());
    shelf().push_back(std::move(validator_));
  }
  Lent(const Lent&) = delete;
  valijson::Validator& validator() const { return *validator_; }

 private:
  static std::mutex& mutex() {
    static std::mutex one;
    return one;
  }
  static std::vector<std::unique_ptr<valijson::Validator>>& shelf() {
    static std::vector<std::unique_ptr<valijson::Validator>> one;
    return one;
  }
  std::unique_ptr<valijson::Validator> validator_;
};

}  // namespace

Schema::Schema(const Json& schema) {
  auto compiled = std::make_shared<Compiled>();
  valijson::adapters::NlohmannJsonAdapter adapter(schema);
  valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, compiled->schema);
  compiled_ = std::move(compiled);
}

Result<void> Schema::check(const Json& value) const {
  valijson::adapters::NlohmannJsonAdapter adapter(value);
  const Lent lent;
  valijson::Validator& validator = lent.validator();
  if (validator.validate(compiled_->schema, adapter, nullptr)) return {};
  valijson::ValidationResults results;  // gathered only when needed: it doubles the cost of a good body
  validator.validate(compiled_->schema, adapter, &results);
  Json errors = errors_of(results);
  Json details = {{"path", errors[0]["path"]}, {"reason", errors[0]["reason"]}, {"errors", errors}};
  return refuse(Code::payload_invalid, std::move(details));
}

}  // namespace sparkgate
