// The log against its entries: leaf hashes, tiles, roots, checkpoints, the high-water mark, recorded heads.
#pragma once

#include "workflows/fsck/fsck.h"

namespace sparkgate::fsck {

void check_tree(const Options& options, Scan& scan, Report& report);

}  // namespace sparkgate::fsck
