#include "api/http.h"

namespace sparkgate::api {

std::string_view Request::header(std::string_view name) const {
  const auto at = headers.find(std::string(name));
  return at == headers.end() ? std::string_view() : at->second;
}

}  // namespace sparkgate::api
