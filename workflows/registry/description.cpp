#include "workflows/registry/description.h"

#include "certs/password.h"
#include "workflows/registry/checks.h"
#include "workflows/registry/lifecycle.h"

namespace sparkgate::registry {
namespace {

Json note_schema(bool required) {
  Json schema = {
      {"type", "object"},
      {"additionalProperties", false},
      {"properties",
       {{"note", {{"type", "string"}, {"zh", "说明"}, {"en", "Note"}, {"minLength", 1}, {"maxLength", 1000}}}}}};
  if (required) schema["required"] = {"note"};
  return schema;
}

Json nothing_schema() { return {{"type", "object"}, {"additionalProperties", false}}; }

// `current_password` is compared where the verifier can be read, before the command is made.
Json password_schema() {
  const Json text = {{"type", "string"}, {"minLength", 1}, {"maxLength", k_max_password_bytes}};
  return {{"type", "object"},
          {"additionalProperties", false},
          {"required", {"password"}},
          {"properties", {{"password", text}, {"current_password", text}}}};
}

std::vector<std::string> both(std::vector<std::string> some, const std::vector<std::string>& more) {
  for (const std::string& role : more) {
    if (std::find(some.begin(), some.end(), role) == some.end()) some.push_back(role);
  }
  return some;
}

}  // namespace

Description describe(const Kind& kind, const RecordForm& form) {
  Description out;
  out.name = kind.name;
  out.collection = kind.collection;
  out.label = {std::string(kind.zh), std::string(kind.en)};
  out.states = {{"Registered", {"待核实", "Awaiting verification"}, false},
                {"Valid", {"有效", "Valid"}, false},
                {"Suspended", {"已暂停", "Suspended"}, false},
                {"Revoked", {"已注销", "Revoked"}, true}};
  const auto registers = both(kind.registers, kind.decides);
  out.events = {{"register", {"登记", "Register"}, registers, true, false, form.register_schema()},
                {"verify", {"核实", "Verify"}, kind.decides, false, false, note_schema(false)},
                {"amend", {"变更", "Amend"}, registers, false, false, form.amend_schema()},
                {"suspend", {"暂停", "Suspend"}, kind.decides, false, false, note_schema(true)},
                {"reinstate", {"恢复", "Reinstate"}, kind.decides, false, false, note_schema(false)},
                {"revoke", {"注销", "Revoke"}, kind.decides, false, false, note_schema(true)},
                {"erase", {"清除个人信息", "Erase what is personal"}, {"admin"}, false, false, nothing_schema()}};
  out.transitions = transitions();
  out.open = kind.readers.empty();
  if (kind.name == "account") {
    out.events.push_back(
        {"set_password", {"设置密码", "Set the password"}, every_role(), false, true, password_schema(), true});
    out.transitions.push_back({"Valid", "set_password", "Valid", ""});
  }
  return out;
}

}  // namespace sparkgate::registry
