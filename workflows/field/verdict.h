// Is what a device signed good: judged from the entry alone, as signing/verdict.h judges what a person signed.
#pragma once

#include "workflows/signing/verdict.h"

namespace sparkgate::field {

/// The kid of the device that recorded what the entry tells; "" where it was none. A refused event counts as none: that
/// its signature is wrong may be the reason.
std::string device_of(const journal::Logged& entry);

/// Of an entry of a device. `key`: null when it was erased. Right means: the text is the one that the facts name, it is
/// about this entry, what it says stands there (but for times, which the server puts in its own), and the signature
/// stands.
signing::Verdict judge_claim(const journal::Logged& entry, const keys::PersonKey* key);

}  // namespace sparkgate::field
