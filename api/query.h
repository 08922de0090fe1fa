// Query parameters, checked: what is unknown, repeated or malformed is refused, never guessed at.
#pragma once

#include "api/http.h"

namespace sparkgate::api {

class Query {
 public:
  /// Refuses with parameter_invalid when the query holds a parameter that is in neither list, or one of `known` twice.
  static Result<Query> of(const Request& request, std::initializer_list<std::string_view> known,
                          std::initializer_list<std::string_view> repeatable = {});

  /// "" when absent.
  std::string text(std::string_view name) const;
  /// Of one that may be repeated, or hold several separated by commas.
  std::vector<std::string> texts(std::string_view name) const;
  Result<int64_t> number(std::string_view name, int64_t least, int64_t most, int64_t otherwise) const;
  Result<std::optional<Time>> time(std::string_view name) const;

 private:
  explicit Query(const Request& request) : query_(&request.query) {}
  const std::multimap<std::string, std::string>* query_;
};

tl::unexpected<Refusal> refuse_parameter(std::string_view name, std::string_view zh, std::string_view en);

}  // namespace sparkgate::api
