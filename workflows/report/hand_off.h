// What an officer hands on from a report: the inspectors look at the place, and read no more of the report than the
// officer's own summary. What is handed on names no report; the report's sealed note names its key. While it waits
// it is a box under the pepper (certs/box.h; salt = key, info = "wb/hand-off/v1", aad = the office's name), padded as
// texts are: the database alone does not tell what will be inspected.
#pragma once

#include <functional>

#include "workflows/report/intake.h"

namespace sparkgate::report {

/// To be done at once where it is urgent, else some whole hours later, from 1 to 24, by lot: the time at which the
/// inspection is referred does not tell when an officer read a report. `referral`: body of the inspection's event
/// "refer". Refuses report_invalid for what is too long to be sealed.
Result<StoredHandOff> make_hand_off(const Json& referral, bool is_urgent, const Intake& intake);

/// Refers one, once: the same key again gets the same. The inspection's id, or why not.
using Refer = std::function<Result<std::string>(const std::string& key, const Json& referral)>;

/// Does what is due. What can never be done (the place is not in the register any more, or the pepper is another one)
/// is kept with its reason; what cannot be done now is tried again. How many were done. Refuses as `refer` where that
/// was it.
Result<int> hand_over_due(Intake& intake, const Refer& refer);

}  // namespace sparkgate::report
