// Instances against their entries: chain, payloads, erasure, replay, and all that is derived from what replay gives.
#pragma once

#include <set>

#include "workflows/fsck/fsck.h"

namespace sparkgate::fsck {

/// What one thread has learned from the entries it read, for check_rows().
struct Learned {
  std::map<std::string, int64_t> counters;  // the highest value of each
  std::set<std::string> packs;              // digests of the rule packs that decisions name
  void add(const Learned& other);
};

/// One thread's share of the instances.
class Lives {
 public:
  Lives(Scan& scan, const Registry& registry, Report& report);
  ~Lives();
  void check(int64_t slot);
  const Learned& learned() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sparkgate::fsck
