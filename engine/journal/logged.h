// An entry of the log as its readers see it: its parts as values.
#pragma once

#include "engine/journal/entry.h"

namespace sparkgate::journal {

struct Logged {
  int64_t index = 0;
  Head head;
  Json facts;
  Json personal;  // null once erased
};

/// Refuses log_broken when a part is no JSON. Hashes and links are verify_chain's business.
Result<Logged> read_entry(const Entry& entry);

}  // namespace sparkgate::journal
