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
  bool is_own_key(const journal::Logged& entry, const std::string& kid) const;

  Case& case_;
  signing::KeyBook book_;
  std::map<std::string, std::string> owners_;  // kid → person, as far as the ring tells
  Json people_ = Json::object();               // of the instance, by their names within it
  std::set<std::string> keys_;                 // that made a valid signature
  size_t valid_ = 0, unsigned_ = 0, erased_ = 0;
};

}  // namespace sparkgate::evidence
