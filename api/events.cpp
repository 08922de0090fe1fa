#include "api/events.h"

#include <charconv>

#include "api/passwords.h"
#include "api/photos/access.h"
#include "api/query.h"
#include "api/signatures.h"
#include "engine/base/codes.h"
#include "workflows/signing/signature.h"

namespace sparkgate::api {
namespace {

constexpr size_t k_longest_key = 128;

// A repeat is the same request only when all that decides about it is the same.
Digest digest_of(const Request& request) {
  return sha256({request.method, "\n", request.path, "\n", request.header("if-match"), "\n", request.body});
}

Result<Command> command_of(const Call& call, const Workflow& workflow, const EventSpec& event) {
  if (auto may = check_role(event, call.actor()); !may) return tl::make_unexpected(may.error());
  auto payload = json_body(call.request);
  if (!payload) return tl::make_unexpected(payload.error());
  const Json signed_part = signing::take_signed(event, *payload);
  if (auto fits = call.service.engine.registry().check(workflow, event.name, *payload); !fits) {
    return tl::make_unexpected(fits.error());
  }
  if (auto theirs = check_photos(call, *payload); !theirs) return tl::make_unexpected(theirs.error());
  auto signature = checked_signature(call, workflow, event, *payload, signed_part);
  if (!signature) return tl::make_unexpected(signature.error());
  const auto version = expected_version(call.request);
  if (!version) return tl::make_unexpected(version.error());
  auto key = idempotency_key(call.request);
  if (!key) return tl::make_unexpected(key.error());
  Command command;
  command.workflow = workflow.description().name;
  command.instance = call.parameter("id");
  command.event = event.name;
  command.payload = std::move(*payload);
  command.signature = std::move(*signature);
  command.actor = call.actor();
  command.expected_version = *version;
  if (!event.secret) {  // of a secret not even a digest is kept
    command.idempotency_key = std::move(*key);
    command.body_digest = digest_of(call.request);
  }
  return command;
}

Json receipt_json(const Receipt& receipt) {
  return {{"origin", receipt.origin},
          {"index", receipt.index},
          {"leaf", hex(receipt.leaf)},
          {"at", format_time(receipt.at)},
          {"checkpoint", receipt.checkpoint.empty() ? Json() : Json(receipt.checkpoint)}};
}

Response receipt_response(const Call& call, const Receipt& receipt, int status) {
  Json body;
  body["id"] = receipt.instance;
  body["workflow"] = receipt.workflow;
  body["state"] = receipt.state;
  body["version"] = receipt.version;
  body["next"] = call.service.next.events(receipt.workflow, receipt.state, call.actor());
  body["receipt"] = receipt_json(receipt);
  body["replayed"] = receipt.replayed;
  Response response = json_response(body, status);
  response.headers.emplace_back("ETag", etag(receipt.version));
  return response;
}

Response created_response(const Call& call, const Workflow& workflow, const Receipt& receipt) {
  Response response = receipt_response(call, receipt, 201);
  response.headers.emplace_back("Location", "/api/v1/" + workflow.description().collection + "/" + receipt.instance);
  return response;
}

Result<Response> execute(const Call& call, const Workflow& workflow, const EventSpec* event) {
  if (!event) return refuse(Code::unknown_event, {{"event", call.parameter("event")}});
  const auto command = command_of(call, workflow, *event);
  if (!command) return tl::make_unexpected(command.error());
  const auto receipt = event->secret ? set_password(call, *command) : call.service.engine.execute(*command);
  if (!receipt) return tl::make_unexpected(receipt.error());
  return command->instance.empty() ? created_response(call, workflow, *receipt) : receipt_response(call, *receipt, 200);
}

}  // namespace

Result<void> check_role(const EventSpec& event, const Actor& actor) {
  if (holds_role_of(event, actor)) return {};
  std::string roles;
  for (const std::string& role : event.roles) roles += (roles.empty() ? "" : ", ") + role;
  return refuse(Code::role_required, {{"roles", roles.empty() ? "system" : roles}});
}

Result<std::optional<int64_t>> expected_version(const Request& request) {
  const std::string_view field = request.header("if-match");
  if (field.empty()) return std::nullopt;
  int64_t version = 0;
  const char* last = field.data() + field.size() - 1;
  const bool is_quoted = field.size() > 2 && field.front() == '"' && *last == '"';
  if (is_quoted) {
    const auto [end, error] = std::from_chars(field.data() + 1, last, version);
    if (error == std::errc() && end == last && version > 0) return version;
  }
  return refuse_parameter("If-Match", "应为双引号内的版本号，与 ETag 相同，如 \"7\"",
                          "a version in double quotes is needed, as in ETag: \"7\"");
}

Result<std::string> idempotency_key(const Request& request) {
  const std::string_view field = request.header("idempotency-key");
  const bool is_visible = std::all_of(field.begin(), field.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (field.size() <= k_longest_key && is_visible) return std::string(field);
  return refuse_parameter("Idempotency-Key", "应为 1 至 128 个可见 ASCII 字符",
                          "1 to 128 visible ASCII characters are needed");
}

std::string etag(int64_t version) { return "\"" + std::to_string(version) + "\""; }

Result<Response> create_instance(const Call& call) {
  const auto workflow = call.workflow();
  if (!workflow) return tl::make_unexpected(workflow.error());
  const EventSpec* creating = (*workflow)->description().creating_event();
  if (!creating) {
    return refuse(Code::method_not_allowed, {{"method", "POST"}, {"allowed", "GET, HEAD"}});
  }
  return execute(call, **workflow, creating);
}

Result<Response> create_by_route(const Call& call, const Workflow& workflow, std::string_view event, Json payload,
                                 const Json& told) {
  auto key = idempotency_key(call.request);
  if (!key) return tl::make_unexpected(key.error());
  Command command;
  command.workflow = workflow.description().name;
  command.event = event;
  command.payload = std::move(payload);
  command.actor = call.actor();
  command.idempotency_key = std::move(*key);
  command.body_digest = digest_of(call.request);
  const auto receipt = call.service.engine.execute(command);
  if (!receipt) return tl::make_unexpected(receipt.error());
  Response response = created_response(call, workflow, *receipt);
  Json body = *parse_json(response.body);
  body.update(told);
  response.body = body.dump();
  return response;
}

Result<Response> send_event(const Call& call) {
  const auto workflow = call.workflow();
  if (!workflow) return tl::make_unexpected(workflow.error());
  return execute(call, **workflow, (*workflow)->description().event(call.parameter("event")));
}

}  // namespace sparkgate::api
