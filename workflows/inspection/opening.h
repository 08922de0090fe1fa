// How an inspection begins: at a permit, found by its notice or its id, or at a place where nobody has one; by an
// inspector on the spot, or referred to the inspectors by the office and begun by one of them later.
#pragma once

#include "workflows/inspection/decisions.h"

namespace sparkgate::inspection {

/// Fills `deciding.decision`: where it is, the checklist, and the permit as it was shown. Refuses with what the body
/// lacks, with role_required or unknown_reference outside the actor's area, not_on_site and separation_of_duties.
Result<void> open_inspection(Deciding& deciding);
/// The same by the office itself, which is not there: no checklist yet, and nobody's position.
Result<void> refer_inspection(Deciding& deciding);
/// At the place that it was referred with.
Result<void> begin_inspection(Deciding& deciding);

}  // namespace sparkgate::inspection
