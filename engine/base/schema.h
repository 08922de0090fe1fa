// JSON Schema (draft 7) for everything that comes in from outside: event bodies, rule packs, query filters.
#pragma once

#include <memory>

#include "engine/base/json.h"

namespace sparkgate {

/// A compiled schema; cheap to copy, safe to share between threads.
class Schema {
 public:
  /// Throws std::runtime_error when the schema itself is broken: schemas are part of the program.
  explicit Schema(const Json& schema);

  /// Refuses with payload_invalid. Details: `path` and `reason` of the first error, `errors` with all of them
  /// ([{path, reason}]): a JSON pointer to the value, or to the member that is missing or unknown, and a bilingual
  /// sentence about it.
  Result<void> check(const Json& value) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace sparkgate
