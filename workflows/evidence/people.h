// Who signed what, judged entry by entry while an instance is played again.
#pragma once

#include "workflows/evidence/case.h"
#include "workflows/signing/key_book.h"

namespace sparkgate::evidence {

class People {
 public:
  /// Reads the rings of keys that the bundle holds; says of each that cannot be read.
  explicit People(Case& c);

  /// Judges the signature of the next entry; `before`: the instance without it.
  void judge(const Workflow& workflow, const Instance& before, const Checked& checked, const journal::Logged& entry);

  /// What both steps, signatures and keys, come to.
  void conclude();

 private:
  void add_ring(const std::string& folder, const std::vector<Checked>& chain);
  std::string person_behind(const std::string& actor) const;

  Case& case_;
  signing::KeyBook book_;
  Json people_ = Json::object();                  // of the instance, by their names within it
  std::map<std::string, int64_t> first_signed_;  // by kid: index of the first entry with a valid signature of it
  size_t valid_ = 0, unsigned_ = 0, erased_ = 0;
};

}  // namespace sparkgate::evidence
