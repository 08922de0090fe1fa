#include "engine/journal/logged.h"

#include "engine/base/codes.h"

namespace sparkgate::journal {

Result<Logged> read_entry(const Entry& entry) {
  auto head = read_head(entry);
  if (!head) return tl::make_unexpected(head.error());
  auto facts = parse_json(entry.facts.json);
  auto personal = entry.personal ? parse_json(entry.personal->json) : Result<Json>(Json());
  if (!facts || !personal) {
    const std::string index = std::to_string(entry.index);
    return refuse(
        Code::log_broken,
        {{"reason", bilingual("第 " + index + " 条的内容无法读取", "entry " + index + " has an unreadable payload")}});
  }
  return Logged{entry.index, std::move(*head), std::move(*facts), std::move(*personal)};
}

}  // namespace sparkgate::journal
