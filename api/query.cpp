#include "api/query.h"

#include <algorithm>
#include <charconv>

#include "engine/base/codes.h"

namespace sparkgate::api {

tl::unexpected<Refusal> refuse_parameter(std::string_view name, std::string_view zh, std::string_view en) {
  return refuse(Code::parameter_invalid, {{"name", name}, {"reason", bilingual(zh, en)}});
}

Result<Query> Query::of(const Request& request, std::initializer_list<std::string_view> known,
                        std::initializer_list<std::string_view> repeatable) {
  for (const auto& [name, value] : request.query) {
    if (std::find(repeatable.begin(), repeatable.end(), name) != repeatable.end()) continue;
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return refuse_parameter(name, "此处没有这个参数", "it is not known here");
    }
    if (request.query.count(name) > 1) return refuse_parameter(name, "重复", "it is given twice");
  }
  return Query(request);
}

std::string Query::text(std::string_view name) const {
  const auto at = query_->find(std::string(name));
  return at == query_->end() ? "" : at->second;
}

std::vector<std::string> Query::texts(std::string_view name) const {
  std::vector<std::string> out;
  const auto [first, last] = query_->equal_range(std::string(name));
  for (auto at = first; at != last; ++at) {
    for (std::string_view rest = at->second; !rest.empty();) {
      const size_t end = std::min(rest.find(','), rest.size());
      if (end > 0) out.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return out;
}

Result<int64_t> Query::number(std::string_view name, int64_t least, int64_t most, int64_t otherwise) const {
  const std::string given = text(name);
  if (given.empty()) return otherwise;
  int64_t value = 0;
  const char* last = given.data() + given.size();
  const auto [end, error] = std::from_chars(given.data(), last, value);
  if (error == std::errc() && end == last && value >= least && value <= most) return value;
  const std::string least_text = std::to_string(least), most_text = std::to_string(most);
  return refuse_parameter(name, "应为 " + least_text + " 至 " + most_text + " 的整数",
                          "an integer from " + least_text + " to " + most_text + " is needed");
}

Result<std::optional<Time>> Query::time(std::string_view name) const {
  const std::string given = text(name);
  if (given.empty()) return std::nullopt;
  const auto time = parse_time(given);
  if (time) return *time;
  return refuse_parameter(name, "应为带时区的时间（RFC 3339），如 2026-08-13T13:00:00+08:00",
                          "a time with its offset is needed (RFC 3339), as 2026-08-13T13:00:00+08:00");
}

}  // namespace sparkgate::api
