#include "engine/base/messages.h"

namespace sparkgate {

const std::vector<MessageRow>& all_messages() {
  static const std::vector<MessageRow> rows = {
#define MESSAGE(code, zh, en) {Message::code, #code, zh, en},
#include "engine/base/messages.def"
#undef MESSAGE
  };
  return rows;
}

std::string_view name_of(Message message) { return all_messages()[static_cast<size_t>(message)].name; }

Text message_text(std::string_view name, const Json& details) {
  for (const MessageRow& row : all_messages()) {
    if (row.name == name) return fill(row.zh, row.en, details);
  }
  return {};
}

}  // namespace sparkgate
