// What on-site events say and set in motion: the watch, gas, rounds, checks at the spot.
#pragma once

#include "workflows/hot_work_permit/decisions.h"

namespace sparkgate::permit {

struct DecideRow {
  std::string_view event;
  Result<void> (*decide)(Deciding&);
};
const std::vector<DecideRow>& supervision_rows();

}  // namespace sparkgate::permit
