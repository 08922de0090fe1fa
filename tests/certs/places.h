// A place in a report, and the places that are nearly it.
#pragma once

#include <vector>

#include "certs/content.h"

namespace sparkgate::test {

/// As vectors.py has it.
inline ContentPlace a_place() { return {"消防", "r1", 7, Direction::from_source, sha256("before")}; }

inline std::vector<ContentPlace> other_places() {
  return {{"消防二", "r1", 7, Direction::from_source, sha256("before")},
          {"消防", "r2", 7, Direction::from_source, sha256("before")},
          {"消防", "r1", 8, Direction::from_source, sha256("before")},
          {"消防", "r1", 7, Direction::from_officer, sha256("before")},
          {"消防", "r1", 7, Direction::from_source, sha256("after")},
          {"消防", "r1", 7, Direction::from_source, {}}};
}

}  // namespace sparkgate::test
