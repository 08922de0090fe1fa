#include "api/router.h"

#include "api/caller.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

std::vector<std::string_view> steps_of(std::string_view path) {
  std::vector<std::string_view> steps;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const size_t end = std::min(path.find('/'), path.size());
    steps.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return steps;
}

bool is_named(std::string_view step) { return step.size() > 2 && step.front() == '{'; }

bool takes_the_rest(std::string_view step) { return is_named(step) && step.ends_with("...}"); }

std::string_view name_of(std::string_view step) {
  step.remove_prefix(1);
  return step.substr(0, step.find_first_of(".}"));
}

struct Row {
  const Route* route;
  std::vector<std::string_view> steps;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all = [] {
    std::vector<Row> out;
    for (const Route& route : routes()) out.push_back({&route, steps_of(route.pattern)});
    return out;
  }();
  return all;
}

bool fits(const Row& row, const std::vector<std::string_view>& steps) {
  const bool is_open = takes_the_rest(row.steps.back());
  if (is_open ? row.steps.size() > steps.size() : row.steps.size() != steps.size()) return false;
  for (size_t i = 0; i < row.steps.size(); ++i) {
    if (is_named(row.steps[i]) ? steps[i].empty() : row.steps[i] != steps[i]) return false;
  }
  return true;
}

std::string allowed_methods(const Match& found) {
  std::string out;
  for (const Route* row : found.rows) {
    out += (out.empty() ? "" : ", ") + std::string(row->method) + (row->method == "GET" ? ", HEAD" : "");
  }
  return out;
}

Result<void> check_roles(const Route& route, const Actor& actor) {
  if (route.roles.empty()) return {};
  std::string wanted;
  for (const std::string_view role : route.roles) {
    for (const Grant& grant : actor.grants) {
      if (grant.role == role) return {};
    }
    wanted += (wanted.empty() ? "" : ", ") + std::string(role);
  }
  return refuse(Code::role_required, {{"roles", wanted}});
}

struct Admitted {
  const Route& route;
  CallerPtr caller;
  Parameters parameters;
};

// Its row, and who asks and may.
Result<Admitted> admit(Service& service, const Request& request) {
  Match found = match(request.path);
  if (found.rows.empty()) return refuse(Code::not_found);
  const std::string_view method = request.method == "HEAD" ? "GET" : std::string_view(request.method);
  const auto row = std::find_if(found.rows.begin(), found.rows.end(), [&](auto* r) { return r->method == method; });
  if (row == found.rows.end()) {
    return refuse(Code::method_not_allowed, {{"method", request.method}, {"allowed", allowed_methods(found)}});
  }
  const Route& route = **row;
  CallerPtr caller;
  if (route.roles != std::vector{k_public}) {
    auto who = caller_of(service, request);
    if (!who) return tl::make_unexpected(who.error());
    caller = std::move(*who);
    if (auto may = check_roles(route, caller->actor); !may) return tl::make_unexpected(may.error());
  }
  return Admitted{route, std::move(caller), std::move(found.parameters)};
}

Result<Response> ask(Service& service, const Request& request, Language language) {
  auto admitted = admit(service, request);
  if (!admitted) return tl::make_unexpected(admitted.error());
  return admitted->route.answer(
      {service, request, language, std::move(admitted->caller), std::move(admitted->parameters)});
}

// A refusal's details that HTTP has header fields for.
void add_fields(Response& response, const Refusal& refusal) {
  const auto add = [&](Code code, const char* field, const char* detail) {
    if (refusal.code != code || !refusal.details.contains(detail)) return;
    const Json& value = refusal.details[detail];
    response.headers.emplace_back(field, value.is_string() ? value.get<std::string>() : value.dump());
  };
  add(Code::method_not_allowed, "Allow", "allowed");
  add(Code::too_many_attempts, "Retry-After", "retry_after_seconds");
  if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (response.status == 503) response.headers.emplace_back("Retry-After", "5");
}

Response answer_refusal(Service& service, const Request& request, const Refusal& refusal, Language language) {
  Response response = problem(refusal, language);
  add_fields(response, refusal);
  if (response.status >= 500) {
    service.options.log(request.method + " " + request.path + " refused: " + describe(refusal));
  }
  return response;
}

// The only catch of the service.
template <class Work>
std::optional<Response> guarded(Service& service, const Request& request, const Work& work) {
  const Language language = preferred_language(request.header("accept-language"));
  try {
    Result<std::optional<Response>> response = work(language);
    return response ? std::move(*response) : answer_refusal(service, request, response.error(), language);
  } catch (const StoreError& failed) {
    return answer_refusal(service, request, failed.refusal(), language);
  } catch (const std::exception& failed) {
    const std::string trace = hex(service.engine.random().bytes(6));
    service.options.log("trace " + trace + ": " + failed.what());
    return answer_refusal(service, request, {Code::internal, {{"trace", trace}}}, language);
  }
}

}  // namespace

Match match(std::string_view path) {
  Match found;
  if (path.empty() || path.front() != '/') return found;
  const auto steps = steps_of(path);
  std::string_view pattern;
  for (const Row& row : rows()) {
    if (!pattern.empty() ? row.route->pattern != pattern : !fits(row, steps)) continue;
    if (pattern.empty()) {
      pattern = row.route->pattern;
      for (size_t i = 0; i < row.steps.size(); ++i) {
        if (!is_named(row.steps[i])) continue;
        const auto rest = path.substr(static_cast<size_t>(steps[i].data() - path.data()));
        found.parameters.emplace_back(name_of(row.steps[i]), takes_the_rest(row.steps[i]) ? rest : steps[i]);
      }
    }
    found.rows.push_back(row.route);
  }
  return found;
}

std::optional<Response> answer_without_body(Service& service, const Request& head) {
  return guarded(service, head, [&](Language) -> Result<std::optional<Response>> {
    if (const auto admitted = admit(service, head); !admitted) return tl::make_unexpected(admitted.error());
    return std::nullopt;
  });
}

Response answer(Service& service, const Request& request) {
  return *guarded(service, request, [&](Language language) -> Result<std::optional<Response>> {
    auto response = ask(service, request, language);
    if (!response) return tl::make_unexpected(response.error());
    const auto says_language = [](const auto& field) { return field.first == "Content-Language"; };
    if (std::none_of(response->headers.begin(), response->headers.end(), says_language)) {
      response->headers.emplace_back("Content-Language", language == Language::en ? "en" : "zh");
    }
    return std::move(*response);
  });
}

}  // namespace sparkgate::api
