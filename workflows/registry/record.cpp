#include "workflows/registry/record.h"

#include "engine/base/codes.h"
#include "engine/base/embedded.h"

namespace sparkgate::registry {
namespace {

std::string folded(std::string text, std::string_view letters) {
  const bool upper = letters == "upper";
  for (char& c : text) {
    if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool is_set(const Json& property, const char* keyword) { return property.value(keyword, false); }

}  // namespace

RecordForm::RecordForm(const Kind& kind)
    : kind_(kind),
      schema_(Json::parse(embedded("workflows/registry/" + std::string(kind.name) + ".schema.json"))),
      properties_(schema_.at("properties")),
      compiled_(schema_) {}

Json RecordForm::register_schema() const {
  Json schema = schema_;
  if (kind_.has_status) {
    schema["properties"]["status"] = {
        {"type", "string"}, {"zh", "状态"}, {"en", "Status"}, {"enum", {"valid", "allowed", "suspended"}}};
  }
  return schema;
}

Json RecordForm::amend_schema() const {
  Json schema = schema_;
  for (auto& [name, property] : schema["properties"].items()) {
    const bool required =
        std::find(schema_["required"].begin(), schema_["required"].end(), name) != schema_["required"].end();
    // A list is emptied instead.
    if (required || property.contains("enum") || property.at("type") == "array") continue;
    property["type"] = {property["type"], "null"};
    property.erase("format");  // valijson holds null against it; read() judges the day
  }
  schema.erase("required");
  schema["minProperties"] = 1;
  return schema;
}

Json RecordForm::fold(Json record) const {
  for (const auto& [name, property] : properties_.items()) {
    if (property.contains("letters") && record.contains(name) && record[name].is_string()) {
      record[name] = folded(record[name], text_of(property, "letters"));
    }
  }
  return record;
}

Result<void> RecordForm::check_days(const Json& record) const {
  for (const auto& [name, property] : properties_.items()) {
    const std::string value = text_of(record, name);
    if (text_of(property, "format") != "date" || value.empty()) continue;
    if (!parse_time(value + "T00:00:00Z")) {
      return refuse(Code::payload_invalid,
                    {{"path", "/" + name}, {"reason", bilingual("不是有效的日期", "is not a valid date")}});
    }
    const std::string first = text_of(record, text_of(property, "not_before"));
    if (!first.empty() && value < first)
      return refuse(Code::time_impossible, {{"path", "/" + name}, {"actual", value}});
  }
  return {};
}

Result<void> RecordForm::check_references(const Json& record, const View& view) const {
  for (const auto& [name, property] : properties_.items()) {
    const std::string value = text_of(record, name), kind = text_of(property, "refers");
    if (kind.empty() || value.empty()) continue;
    if (!find_one(view, kind, value)) return refuse(Code::unknown_reference, {{"path", "/" + name}, {"value", value}});
  }
  return {};
}

Result<Json> RecordForm::read(Json payload, const View& view) const {
  if (kind_.has_status && payload.is_object()) payload.erase("status");
  if (auto fits = compiled_.check(payload); !fits) return tl::make_unexpected(fits.error());
  Json record = fold(std::move(payload));
  for (const auto& [name, property] : properties_.items()) {
    if (property.contains("default") && !record.contains(name)) record[name] = property["default"];
  }
  if (auto possible = check_days(record); !possible) return tl::make_unexpected(possible.error());
  if (auto known = check_references(record, view); !known) return tl::make_unexpected(known.error());
  return record;
}

Json RecordForm::record_of(const Instance& instance) const {
  Json record = Json::object();
  for (const auto& [name, property] : properties_.items()) {
    const Json& part = is_set(property, "personal") ? *instance.personal : instance.data;
    if (const auto it = part.find(name); it != part.end()) record[name] = *it;
  }
  return record;
}

Result<Json> RecordForm::patched(Json record, const Json& patch) const {
  const Json before = record;
  record.merge_patch(fold(patch));
  for (const auto& [name, property] : properties_.items()) {
    if (is_set(property, "fixed") && patch.contains(name) && record.value(name, Json()) != before.value(name, Json())) {
      return refuse(Code::key_is_fixed, {{"path", "/" + name}});
    }
  }
  return record;
}

Json RecordForm::facts_of(const Json& record) const {
  Json facts = Json::object();
  for (const auto& [name, value] : record.items()) {
    if (!is_set(properties_.at(name), "personal")) facts[name] = value;
  }
  return facts;
}

Json RecordForm::personal_of(const Json& record) const {
  Json personal = Json::object();
  for (const auto& [name, property] : properties_.items()) {
    if (is_set(property, "personal")) personal[name] = record.value(name, Json());
  }
  return personal;
}

Scope RecordForm::scope_of(const Json& record, const View& view) const {
  Scope scope{text_of(record, kind_.unit_member), text_of(record, kind_.area_member)};
  if (scope.area.empty() && !scope.unit.empty()) {
    if (const InstancePtr unit = find_one(view, "unit", scope.unit)) scope.area = text_of(unit->data, "area");
  }
  return scope;
}

Scope RecordForm::scope_of(const Instance& instance, const View& view) const { return scope_of(instance.data, view); }

}  // namespace sparkgate::registry
