#include "engine/base/json.h"

#include "engine/base/codes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

template class nlohmann::basic_json<>;

namespace sparkgate {
namespace {

constexpr int64_t k_max_exact_integer = int64_t{1} << 53;

struct SyntaxError {
  std::string_view means;  // part of nlohmann's message; the first row that fits counts
  std::string_view zh, en;
};

// The message itself quotes the text it stumbled over, which may be a password: only these wordings leave.
constexpr std::array k_syntax_errors = {
    SyntaxError{"unexpected end of input", "文本不完整", "the text ends too early"},
    SyntaxError{"missing closing quote", "字符串缺少结束引号", "a string has no closing quote"},
    SyntaxError{"ill-formed UTF-8", "不是合法的 UTF-8", "it is not UTF-8"},
    SyntaxError{"surrogate", "\\u 代理项不成对", "a \\u surrogate has no partner"},
    SyntaxError{"control character", "字符串中的控制字符须转义", "a control character in a string must be escaped"},
    SyntaxError{"invalid string", "字符串转义有误", "a string has a wrong escape"},
    SyntaxError{"invalid number", "数字写法有误", "a number is misspelt"},
    SyntaxError{"; expected string literal", "此处应为带引号的成员名", "a quoted member name should stand here"},
    SyntaxError{"; expected ':'", "成员名后应为冒号", "a colon should follow the member's name"},
    SyntaxError{"; expected ']'", "此处应为逗号或 ]", "a comma or ] should stand here"},
    SyntaxError{"; expected '}'", "此处应为逗号或 }", "a comma or } should stand here"},
    SyntaxError{"; expected end of input", "JSON 之后还有多余内容", "text follows the end of the JSON"},
    SyntaxError{"", "此处应为一个值", "a value should stand here"},
};

Json syntax_reason(std::string_view message) {
  const std::string_view own = message.substr(0, message.find("last read: "));
  const auto fits = [&](const SyntaxError& row) { return own.find(row.means) != own.npos; };
  const auto row = std::find_if(k_syntax_errors.begin(), k_syntax_errors.end(), fits);
  return bilingual(row->zh, row->en);
}

// Builds the value while nlohmann's tokenizer reads, so that what JSON libraries silently accept is refused.
class StrictReader : public nlohmann::json_sax<Json> {
 public:
  explicit StrictReader(int max_depth) : max_depth_(max_depth) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(int64_t value) override {
    const bool exact = -k_max_exact_integer <= value && value <= k_max_exact_integer;
    return exact ? put(value) : out_of_range(std::to_string(value));
  }
  bool number_unsigned(uint64_t value) override {
    if (value > static_cast<uint64_t>(k_max_exact_integer)) return out_of_range(std::to_string(value));
    return put(static_cast<int64_t>(value));
  }
  bool number_float(double value, const std::string& text) override {
    const bool integer = text.find_first_of(".eE") == text.npos;
    return std::isfinite(value) && !integer ? put(value) : out_of_range(text);
  }
  bool string(std::string& value) override {
    if (value.find('\0') != value.npos) return fail(Code::nul_in_string, Json::object());
    return put(std::move(value));
  }
  bool binary(Json::binary_t&) override { return false; }
  bool start_object(size_t) override { return open(Json::object()); }
  bool start_array(size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& name) override {
    if (name.find('\0') != name.npos) return fail(Code::nul_in_string, Json::object());
    if (stack_.back()->contains(name)) return fail(Code::duplicate_member, {{"member", name}});
    key_ = std::move(name);
    return true;
  }
  bool parse_error(size_t offset, const std::string& token, const Json::exception& error) override {
    if (dynamic_cast<const Json::out_of_range*>(&error)) return out_of_range(token);
    return fail(Code::malformed_json, {{"offset", offset}, {"reason", syntax_reason(error.what())}});
  }

  Result<Json> result() && {
    if (refusal_) return tl::make_unexpected(std::move(*refusal_));
    return std::move(root_);
  }

 private:
  template <class T>
  bool put(T&& value) {
    place(Json(std::forward<T>(value)));
    return true;
  }
  Json* place(Json value) {
    if (stack_.empty()) return &(root_ = std::move(value));
    Json& parent = *stack_.back();
    if (parent.is_object()) return &(parent[key_] = std::move(value));
    parent.push_back(std::move(value));
    return &parent.back();
  }
  bool open(Json container) {
    if (static_cast<int>(stack_.size()) >= max_depth_) return fail(Code::json_too_deep, {{"limit", max_depth_}});
    stack_.push_back(place(std::move(container)));
    return true;
  }
  bool close() {
    stack_.pop_back();
    return true;
  }
  bool out_of_range(const std::string& number) {
    return fail(Code::number_out_of_range, {{"number", number.substr(0, 40)}});
  }
  bool fail(Code code, Json details) {
    if (!refusal_) refusal_ = Refusal{code, std::move(details), {}};
    return false;
  }

  const int max_depth_;
  Json root_;
  std::vector<Json*> stack_;
  std::string key_;
  std::optional<Refusal> refusal_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, int max_depth) {
  StrictReader reader(max_depth);
  Json::sax_parse(text.begin(), text.end(), &reader);
  return std::move(reader).result();
}

std::string text_of(const Json& object, std::string_view member) {
  const auto it = object.find(member);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

}  // namespace sparkgate
