// One instance's entries, checked one by one as they come, so that a chain of any length is checked in little memory.
#pragma once

#include "engine/journal/entry.h"

namespace sparkgate::journal {

class Chain {
 public:
  /// `verified`: also the payload's hash, over the parts or over what is left of them.
  enum class Parts { unread, verified };

  /// Takes the next entry, seq 0 first: canonical bytes, leaf hash, order, and the link to the entry before it. Indexes
  /// ascend within one origin. Gives its open part; refuses log_broken, after which nothing more is to be appended.
  Result<Head> append(const Entry& entry, Parts parts = Parts::unread);

 private:
  int64_t count_ = 0;
  int64_t last_index_ = 0;
  std::string prev_;
  Head before_;
};

}  // namespace sparkgate::journal
