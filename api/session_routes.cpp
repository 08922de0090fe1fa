#include "api/session_routes.h"

#include "api/ascii.h"
#include "api/caller.h"
#include "api/cookies.h"
#include "api/passwords.h"
#include "engine/base/codes.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::api {
namespace {

constexpr hours k_session_lifetime(12);

const Schema& sign_in_schema() {
  static const Schema schema(*parse_json(R"({
    "type": "object", "additionalProperties": false, "required": ["login", "password"],
    "properties": {"login": {"type": "string", "minLength": 1, "maxLength": 100},
                   "password": {"type": "string", "minLength": 1, "maxLength": 256}}})"));
  return schema;
}

const Schema& token_schema() {
  static const Schema schema(*parse_json(R"({
    "type": "object", "additionalProperties": false, "required": ["label", "days"],
    "properties": {"label": {"type": "string", "minLength": 1, "maxLength": 100},
                   "days": {"type": "integer", "minimum": 1, "maximum": 365}}})"));
  return schema;
}

Json grants_json(const Actor& actor) {
  Json grants = Json::array();
  for (const Grant& grant : actor.grants) {
    Json item = {{"role", grant.role}};
    if (!grant.unit.empty()) item["unit"] = grant.unit;
    if (!grant.area.empty()) item["area"] = grant.area;
    grants.push_back(std::move(item));
  }
  return grants;
}

Json account_json(const Actor& actor) {
  return {{"id", actor.account}, {"person", actor.person}, {"name", actor.name}, {"grants", grants_json(actor)}};
}

Json session_json(const Session& session, const Call& call) {
  return {{"id", public_id(session)},
          {"kind", session.kind},
          {"label", session.label},
          {"created_at", format_time(session.created)},
          {"expires_at", format_time(session.expires)},
          {"current", session.token_hash == call.caller->session.token_hash}};
}

struct Candidate {
  std::optional<Actor> actor;  // nothing: no such account, or it may not act
  std::string verifier;        // "" costs the same work and fits no password
};

Candidate candidate(Engine& engine, const std::string& login) {
  Candidate out;
  auto reader = engine.read();
  const InstancePtr account = registry::find_one(ReaderView(*reader), "account", login);
  if (account) out.actor = actor_of(*account);
  if (out.actor) out.verifier = reader->secret(account->id, "password").value_or("");
  return out;
}

}  // namespace

Result<Response> sign_in(const Call& call) {
  Service& service = call.service;
  if (is_cross_site(call.request)) return refuse(Code::cross_site_request);
  const auto body = json_body(call.request, sign_in_schema());
  if (!body) return tl::make_unexpected(body.error());
  const std::string login = to_lower(text_of(*body, "login"));
  if (auto may = service.attempts.begin(login, call.request.peer); !may) return tl::make_unexpected(may.error());
  const Candidate found = candidate(service.engine, login);
  const auto good = password_fits(text_of(*body, "password"), found.verifier);
  if (!good) return tl::make_unexpected(good.error());
  if (!*good || !found.actor) {
    service.options.log("sign-in failed from " + call.request.peer);
    return refuse(Code::login_failed);
  }
  service.attempts.succeeded(login, call.request.peer);
  const auto opened = service.sessions.open(found.actor->account, "session", "", k_session_lifetime);
  if (!opened) return tl::make_unexpected(opened.error());
  Response response = json_response({{"token", opened->token},
                                     {"csrf_token", opened->session.csrf_token},
                                     {"expires_at", format_time(opened->session.expires)},
                                     {"account", account_json(*found.actor)}},
                                    201);
  response.headers.emplace_back("Set-Cookie", session_cookie(k_cookie, opened->token, k_session_lifetime));
  return response;
}

Result<Response> sign_out(const Call& call) {
  auto ended = call.service.sessions.end(call.caller->session.token_hash);
  if (!ended) return tl::make_unexpected(ended.error());
  Response response = no_content();
  response.headers.emplace_back("Set-Cookie", session_cookie(k_cookie, "", seconds(0)));
  return response;
}

Result<Response> list_sessions(const Call& call) {
  const Time now = call.service.engine.clock().wall();
  Json items = Json::array();
  for (const Session& session : call.service.engine.read()->sessions(call.actor().account)) {
    if (session.expires > now) items.push_back(session_json(session, call));
  }
  return json_response({{"items", std::move(items)}});
}

Result<Response> create_token(const Call& call) {
  const auto body = json_body(call.request, token_schema());
  if (!body) return tl::make_unexpected(body.error());
  const auto opened = call.service.sessions.open(call.actor().account, "token", text_of(*body, "label"),
                                                 hours(24 * body->at("days").get<int>()));
  if (!opened) return tl::make_unexpected(opened.error());
  Json answer = session_json(opened->session, call);
  answer["token"] = opened->token;
  return json_response(answer, 201);
}

Result<Response> delete_token(const Call& call) {
  for (const Session& session : call.service.engine.read()->sessions(call.actor().account)) {
    if (public_id(session) != call.parameter("id")) continue;
    if (auto ended = call.service.sessions.end(session.token_hash); !ended) return tl::make_unexpected(ended.error());
    return no_content();
  }
  return refuse(Code::not_found);
}

Result<Response> get_me(const Call& call) {
  Json body = account_json(call.actor());
  body["session"] = session_json(call.caller->session, call);
  if (!call.caller->session.csrf_token.empty()) body["csrf_token"] = call.caller->session.csrf_token;
  return json_response(body);
}

}  // namespace sparkgate::api
