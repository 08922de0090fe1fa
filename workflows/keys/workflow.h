// The workflow `key_ring`: the keys with which one person signs, from enrolment to their end.
#pragma once

#include "workflows/keys/ring.h"

namespace sparkgate::keys {

/// What the office decides for itself.
struct Settings {
  size_t enrollers_needed = 1;  // people who must endorse a key before it is in force: 1 or 2
};

class KeyRing final : public Workflow {
 public:
  explicit KeyRing(Settings settings);

  const Description& description() const override { return description_; }
  Result<void> assess(const Situation& situation) const override;
  Result<Decision> decide(const Situation& situation, const Json& payload, Cast& cast) const override;
  Result<void> apply(Instance& instance, const Recorded& entry) const override { return apply_entry(instance, entry); }
  Index index(const Instance& instance, const View& view) const override;
  bool readable(const Instance& instance, const Actor& actor, const View& view) const override;
  Json show(const Instance& instance, const Actor& actor, const View& view) const override;

 private:
  const Settings settings_;
  const Description description_;
};

}  // namespace sparkgate::keys
