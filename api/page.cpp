#include "api/page.h"

#include <kainjow/mustache.hpp>

#include "engine/base/embedded.h"

namespace sparkgate::api {
namespace {

using kainjow::mustache::data;

data data_of(const Json& value) {
  if (value.is_boolean()) return data(value.get<bool>());
  if (value.is_string()) return data(value.get_ref<const std::string&>());
  if (value.is_array()) {
    data list(data::type::list);
    for (const Json& item : value) list.push_back(data_of(item));
    return list;
  }
  data object(data::type::object);
  for (const auto& [name, member] : value.items()) object.set(name, data_of(member));
  return object;
}

}  // namespace

std::string render(std::string_view path, const Json& values) {
  kainjow::mustache::mustache page{std::string(embedded(path))};
  return page.render(data_of(values));
}

Language page_language(const Call& call) {
  const auto wanted = call.request.query.find("lang");
  if (wanted == call.request.query.end()) return call.language;
  return wanted->second == "en" ? Language::en : wanted->second == "zh" ? Language::zh : call.language;
}

}  // namespace sparkgate::api
