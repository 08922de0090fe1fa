// What notices say, in both languages: one row a message in messages.def.
#pragma once

#include "engine/base/refusal.h"

namespace sparkgate {

enum class Message {
#define MESSAGE(code, zh, en) code,
#include "engine/base/messages.def"
#undef MESSAGE
};

struct MessageRow {
  Message message;
  std::string_view name;
  std::string_view zh, en;
};

const std::vector<MessageRow>& all_messages();
std::string_view name_of(Message message);

/// The wording of the message with that name; empty for a name that no row has (one of a later version).
Text message_text(std::string_view name, const Json& details);

}  // namespace sparkgate
