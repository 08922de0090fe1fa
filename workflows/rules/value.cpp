// How facts become values that can be compared.
#include <charconv>
#include <cmath>

#include "workflows/rules/expression.h"

namespace sparkgate::rules {
namespace {

bool is_day(const std::string& text) { return text.size() == 10 && parse_time(text + "T00:00:00Z").has_value(); }

std::optional<double> decimal(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

Value number_of(const Json& json) {
  if (json.is_number()) return {true, json.get<double>(), {}, nullptr};
  if (!json.is_string()) return {};
  const auto& text = json.get_ref<const std::string&>();
  const auto value = decimal(text);
  return value ? Value{true, *value, text, nullptr} : Value{};
}

Value time_of(const std::string& text) {
  const auto time = parse_time(text);
  return time ? Value{true, static_cast<double>(time->time_since_epoch().count()), text, nullptr} : Value{};
}

}  // namespace

Value value_of(const Json* json, Type type) {
  if (!json) return {};
  switch (type) {
    case Type::boolean:
      return json->is_boolean() ? Value{true, json->get<bool>() ? 1.0 : 0.0, {}, nullptr} : Value{};
    case Type::number:
      return number_of(*json);
    case Type::list:
      return json->is_array() ? Value{true, 0, {}, json} : Value{};
    case Type::text:
    case Type::day:
    case Type::time:
      break;
  }
  if (!json->is_string()) return {};
  const auto& text = json->get_ref<const std::string&>();
  if (type == Type::time) return time_of(text);
  return type == Type::text || is_day(text) ? Value{true, 0, text, nullptr} : Value{};
}

std::string shown(const Value& value, Type type) {
  if (!value.known) return "?";
  if (!value.text.empty()) return std::string(value.text);
  if (type == Type::boolean) return value.number != 0 ? "true" : "false";
  if (type == Type::number) return canonical(Json(value.number));
  if (type != Type::list) return "";
  std::string out;
  for (const Json& item : *value.list) {
    if (!item.is_string()) return std::to_string(value.list->size());
    out.append(out.empty() ? "" : ", ").append(item.get_ref<const std::string&>());
  }
  return out.empty() ? "0" : out;
}

}  // namespace sparkgate::rules
