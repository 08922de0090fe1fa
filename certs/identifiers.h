// Identifiers with check digits. Pure functions; letters may be of either case.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate {

/// Upper case, as registers keep identifiers ("…565x" is "…565X").
std::string normal_identifier(std::string_view text);

/// GB 11643: 17 digits and a check character by ISO 7064 MOD 11-2. The encoded place and birthday are not judged.
bool is_id_number(std::string_view text);

/// GB 32100: 18 characters without I O S V Z, the last one a check modulo 31. Some issued codes fail it: warn, never
/// refuse.
bool is_credit_code(std::string_view text);

/// The id number within an operator's certificate number ("T" + id number), in upper case; "" when it is no such.
std::string id_number_in_certificate(std::string_view certificate_number);

}  // namespace sparkgate
