// What a permit's state means to whoever passes by: may there be fire here now, and how much the public is told.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::api {

enum class Tone { live, waiting, stopped, over };
std::string_view name_of(Tone tone);

struct Standing {
  Tone tone;
  std::string_view headline, advice;  // keys of api/notice/words.json
  bool tells_work;                    // unit, place, work, time: never of what was not approved
  bool tells_people;                  // while they answer for the place
};

/// A permit whose window is over and whose timer has yet to fire is no live one.
Standing standing_of(const Instance& permit, Time at);

/// A name as the public sees it: the first character ("冯**"), of a name in letters the initials ("J. S."). "" stays.
std::string masked_name(std::string_view name);

/// A notice code as it is read off and typed: capitals, "O" for "0", "I" and "L" for "1", blanks and hyphens between.
std::string normal_notice_code(std::string_view typed);

}  // namespace sparkgate::api
