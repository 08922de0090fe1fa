// Photographs that a permit's events bear, by the SHA-256 of their bytes: personal, and each shows one moment.
#pragma once

#include "workflows/hot_work_permit/decisions.h"

namespace sparkgate::permit {

/// Where a photo of the body was used before, here or in another permit, the entry says so (`photo_reused`: numbers of
/// the permits) and supervisors are told. It is recorded all the same: whoever judges it sees the place.
void flag_used_photos(Deciding& deciding);

}  // namespace sparkgate::permit
