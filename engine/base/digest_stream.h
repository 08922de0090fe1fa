// SHA-256 over bytes that come piece by piece: of files that do not fit into memory.
#pragma once

#include <memory>

#include "engine/base/digest.h"

namespace sparkgate {

class DigestStream {
 public:
  DigestStream();
  ~DigestStream();
  void add(std::string_view bytes);
  /// Of all that was added; nothing can be added afterwards.
  Digest digest();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace sparkgate
