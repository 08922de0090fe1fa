// The acts that a permit's entries tell of, as a paper shows them.
#pragma once

#include "api/paper/record.h"

namespace sparkgate::api {

class Acts {
 public:
  explicit Acts(const PaperSources& sources) : sources_(sources) {}

  std::vector<const journal::Logged*> all(std::string_view event) const;
  const journal::Logged* last(std::string_view event) const;  // null: none

  /// `said`: stands as the opinion where nobody wrote one.
  PaperMark mark(const journal::Logged& act, const std::string& said = "") const;

  /// Of somebody within the permit ("p2"): the real name; what is left of it once erased.
  std::string name(const std::string& within) const;
  std::string minute(const Json& time) const;  // of the place's own clock; "" for none
  /// When it happened: of what a device brought later the earliest instant.
  Time when(const journal::Logged& act) const;

 private:
  std::string distance(const journal::Logged& act) const;

  const PaperSources& sources_;
};

}  // namespace sparkgate::api
