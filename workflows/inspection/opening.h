// How an inspection begins: at a permit, found by its notice or its id, or at a place where nobody has one.
#pragma once

#include "workflows/inspection/decisions.h"

namespace sparkgate::inspection {

/// Fills `deciding.decision`: where it is, the checklist, and the permit as it was shown. Refuses with what the body
/// lacks, with role_required or unknown_reference outside the actor's area, not_on_site and separation_of_duties.
Result<void> open_inspection(Deciding& deciding);

}  // namespace sparkgate::inspection
