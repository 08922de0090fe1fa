// What became of the events of a sync, read from the entries that were made of them: the same each time it is asked.
#pragma once

#include <map>

#include "engine/engine.h"

namespace sparkgate::field {

class Outcomes {
 public:
  explicit Outcomes(Engine& engine);

  /// Of an event that its permit knows: {id, seq, [earliest, latest, at, uncertainty_seconds, [clock_off_seconds]],
  /// [code, title, remedy], receipt: {origin, index, leaf, at}}.
  Json of(const std::string& permit, const std::string& kid, const std::string& id);

 private:
  struct Life {
    InstancePtr now;
    std::vector<journal::Entry> entries;
  };
  Json told(const journal::Entry& sealed) const;

  ReaderPool::Loan reader_;
  const std::vector<StoredLog> logs_;
  std::map<std::string, Life> lives_;  // each permit is read once
};

}  // namespace sparkgate::field
