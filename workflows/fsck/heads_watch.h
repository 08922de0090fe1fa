// The recorded heads of all logs, made again from the entries as they go by.
#pragma once

#include "engine/heads.h"
#include "workflows/fsck/fsck.h"

namespace sparkgate::fsck {

class HeadsWatch {
 public:
  /// Reads what the instances of the workflow "log" have recorded.
  HeadsWatch(Scan& scan, Report& report);

  /// An entry of the slot, in order of index; `before`: how many entries went by before it, over all logs.
  void entry(int64_t before, const SlotHead& head);
  void end(int64_t entries) { compare(entries); }

 private:
  struct Recorded {
    int64_t index = 0;  // of the entry that says so
    uint64_t slots = 0;
    std::string root;
  };
  void read(const journal::Entry& entry, const std::vector<StoredLog>& logs);
  void compare(int64_t entries);
  Digest root();

  Report& report_;
  std::multimap<int64_t, Recorded> recorded_;     // by number of entries, over all logs
  std::vector<SlotHead> heads_;                   // by slot
  std::vector<uint64_t> changed_;                 // slots since the tree was last made
  std::vector<std::vector<Digest>> levels_{1};    // complete subtrees; level 0: leaves
};

}  // namespace sparkgate::fsck
