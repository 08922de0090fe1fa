// From a request to its row of the route table, and from whatever comes back to a Response.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// One row a route. `roles`: who may; empty: whoever is signed in; k_public: anyone.
struct Route {
  std::string_view method;   // GET also answers HEAD
  // "/api/v1/{collection}/{id}"; a literal step is tried before a named one by its place. A last step "{path...}" takes
  // all that is left, its slashes too.
  std::string_view pattern;
  std::vector<std::string_view> roles;
  Result<Response> (*answer)(const Call& call);
  std::string_view summary;
};
inline constexpr std::string_view k_public = "public";

/// Every route of the service, the more special pattern first.
const std::vector<Route>& routes();

/// Where a path leads: the rows of the first pattern that fits, and what its named steps stand for.
struct Match {
  std::vector<const Route*> rows;  // one a method; empty: no such resource
  Parameters parameters;
};
Match match(std::string_view path);

/// Finds the row, the caller and the language, asks the row's function. The only catch of the service: a StoreError
/// becomes its refusal, anything else `internal` with a trace that is written to the log.
Response answer(Service& service, const Request& request);

/// For a request whose body is still to come: the answer that it gets whatever the body is, where there is one.
std::optional<Response> answer_without_body(Service& service, const Request& head);

}  // namespace sparkgate::api
