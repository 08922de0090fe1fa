// `sparkgate check DIR`: judges a ledger's applications without a database.
#pragma once

#include <ostream>
#include <string>

namespace sparkgate::admin {

/// Writes one line an application to `out` as in the ledger's expected.csv (application, grade, verdict, findings,
/// warnings; the verdict is `qualified`, `refused`, or `undecided` where a blank field leaves it to a person).
/// Returns the exit code: 0; 64 when the folder or the pack does not exist; 65 when a file or a row cannot be read:
/// then every one of them is named on `err` and nothing is written to `out`.
int check(const std::string& folder, const std::string& pack_id, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
