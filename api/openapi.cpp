#include "api/openapi.h"

#include <yaml-cpp/yaml.h>

#include "engine/base/embedded.h"
#include "workflows/field/report.h"
#include "workflows/signing/signature.h"

namespace sparkgate::api {
namespace {

// YAML 1.2 core schema, as far as an interface description needs it: plain scalars may be numbers or booleans.
Json scalar(const YAML::Node& node) {
  if (node.Tag() == "!") return node.Scalar();  // quoted
  bool truth = false;
  int64_t integer = 0;
  double number = 0;
  if (node.Scalar() == "true" || node.Scalar() == "false") return YAML::convert<bool>::decode(node, truth) && truth;
  if (YAML::convert<int64_t>::decode(node, integer)) return integer;
  if (YAML::convert<double>::decode(node, number)) return number;
  return node.Scalar();
}

Json to_json(const YAML::Node& node) {
  if (node.IsNull()) return nullptr;
  if (node.IsScalar()) return scalar(node);
  Json out = node.IsMap() ? Json::object() : Json::array();
  if (node.IsMap()) {
    for (const auto& item : node) out[item.first.Scalar()] = to_json(item.second);
  } else {
    for (const YAML::Node& item : node) out.push_back(to_json(item));
  }
  return out;
}

// A schema refers to its own definitions; in the document these are components named after the workflow.
void point_to_components(Json& schema, const std::string& prefix) {
  constexpr std::string_view k_own = "#/definitions/";
  if (schema.is_object()) {
    schema.erase("$schema");
    if (auto ref = schema.find("$ref"); ref != schema.end() && ref->is_string()) {
      const std::string target = ref->get<std::string>();
      if (target.rfind(k_own, 0) == 0) *ref = "#/components/schemas/" + prefix + target.substr(k_own.size());
    }
  }
  for (Json& part : schema) {
    if (part.is_structured()) point_to_components(part, prefix);
  }
}

Json with_components(Json& document, Json schema, const std::string& prefix) {
  Json definitions = schema.value("definitions", Json::object());
  schema.erase("definitions");
  for (auto it = definitions.begin(); it != definitions.end(); ++it) {
    point_to_components(*it, prefix);
    document["components"]["schemas"][prefix + it.key()] = *it;
  }
  point_to_components(schema, prefix);
  return schema;
}

Json payload_schema(Json& document, const Description& description, const EventSpec& event) {
  return with_components(document, event.payload_schema, description.name + ".");
}

Json ref(const std::string& place) { return {{"$ref", "#/components/" + place}}; }

// The body of an event: its payload, and beside it the signature where the event can be signed.
Json body_schema(Json& document, const Description& description, const EventSpec& event) {
  Json schema = payload_schema(document, description, event);
  if (event.signing == Signing::none) return schema;
  if (const auto shared = schema.find("$ref"); shared != schema.end()) {
    const Json::json_pointer place(shared->get<std::string>().substr(1));
    schema = Json(document.at(place));
  }
  schema["properties"]["signed"] = ref("schemas/Signed");
  if (event.signing != Signing::possible) schema["required"].push_back("signed");
  return schema;
}

Json parameters_of(const EventSpec& event, const char* if_match) {
  Json parameters = Json::array({ref("parameters/AcceptLanguage")});
  if (event.creates) return parameters;
  parameters.push_back(ref("parameters/Id"));
  parameters.push_back(ref(if_match));
  return parameters;
}

Json json_content(Json schema) {
  return {{"required", true}, {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
}

Json operation(Json& document, const Description& description, const EventSpec& event) {
  const std::string created = event.creates ? "201" : "200";
  Json parameters = parameters_of(event, event.fact ? "parameters/IfMatchOptional" : "parameters/IfMatch");
  parameters.push_back(ref("parameters/IdempotencyKey"));
  return {{"operationId", description.name + "." + event.name},
          {"tags", {description.name}},
          {"summary", event.label.zh + " / " + event.label.en},
          {"x-roles", event.roles},
          {"x-field", event.field},
          {"parameters", std::move(parameters)},
          {"requestBody", json_content(body_schema(document, description, event))},
          {"responses", {{created, ref("responses/Receipt")}, {"default", ref("responses/Problem")}}}};
}

Json intent_operation(Json& document, const Description& description, const EventSpec& event) {
  Json parameters = parameters_of(event, "parameters/IfMatchOptional");
  parameters.push_back(ref("parameters/Key"));
  return {{"operationId", description.name + "." + event.name + ".intent"},
          {"tags", {description.name}},
          {"summary", "待签内容：" + event.label.zh + " / What to sign: " + event.label.en},
          {"x-roles", event.roles},
          {"parameters", std::move(parameters)},
          {"requestBody", json_content(payload_schema(document, description, event))},
          {"responses", {{"200", ref("responses/Intent")}, {"default", ref("responses/Problem")}}}};
}

}  // namespace

Json openapi_document(const Registry& registry, const std::string& version) {
  Json document = to_json(YAML::Load(std::string(embedded("api/openapi.yaml"))));
  document["info"]["version"] = version;
  document["components"]["schemas"]["Signed"] = signing::signed_schema();
  document["components"]["schemas"]["FieldSync"] = with_components(document, field::sync_schema(), "field.");
  Json collections = Json::array();
  for (const Registered& registered : registry.all()) {
    const Description& description = registered.workflow->description();
    collections.push_back(description.collection);
    for (const EventSpec& event : description.events) {
      if (event.roles.empty()) continue;  // the system's own
      const std::string base = "/api/v1/" + description.collection;
      const std::string path = event.creates ? base : base + "/{id}/" + event.name;
      document["paths"][path]["post"] = operation(document, description, event);
      if (event.signing == Signing::none) continue;
      document["paths"][path + "/intent"]["post"] = intent_operation(document, description, event);
    }
  }
  if (!collections.empty()) document["components"]["parameters"]["Collection"]["schema"]["enum"] = collections;
  return document;
}

}  // namespace sparkgate::api
