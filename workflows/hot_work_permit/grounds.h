// What lets work begin or go on, beside the permit's state: since when each of it is so.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::permit {

struct Ground {
  Json name;  // in both languages
  Time since;
};

/// Those that are there. Of what was there more than once the last: earlier ones are not remembered.
std::vector<Ground> grounds_of(const Instance& permit);

}  // namespace sparkgate::permit
