// What goes with entries and instances: owners, counters, answers, notices, follow-ups, documents.
#pragma once

#include "workflows/fsck/lives.h"

namespace sparkgate::fsck {

void check_rows(Scan& scan, Report& report);
/// Against what all entries together have told.
void check_learned(Scan& scan, const Learned& learned, Report& report);

}  // namespace sparkgate::fsck
