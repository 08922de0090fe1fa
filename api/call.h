// What a route's function is given: the request, who asks, in which language, and the service behind it.
#pragma once

#include "api/problem.h"
#include "api/service.h"
#include "engine/base/schema.h"

namespace sparkgate::api {

/// The named steps of a path, in order: {"collection", "permits"}, …
using Parameters = std::vector<std::pair<std::string_view, std::string>>;

struct Call {
  Service& service;
  const Request& request;
  Language language;
  CallerPtr caller;  // null on public routes
  Parameters parameters;

  const Actor& actor() const { return caller->actor; }
  /// "" when the pattern has no such step.
  std::string_view parameter(std::string_view name) const;
  /// The workflow that the path's {collection} names. Refuses with not_found.
  Result<const Workflow*> workflow() const;
};

Response json_response(const Json& body, int status = 200);
/// 204.
Response no_content();

/// The body as JSON of type application/json; an absent body is {}. Refuses with unsupported_media_type and as
/// parse_json does.
Result<Json> json_body(const Request& request);
/// The same, as it fits the schema. Refuses as Schema::check too.
Result<Json> json_body(const Request& request, const Schema& schema);

}  // namespace sparkgate::api
