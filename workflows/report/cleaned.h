// Copies of what was sent, without what a file tells beside its content: who made it, where, with what. Made once, at
// an officer's first view, and kept sealed beside the original.
//
//   name = the original's ‖ ".cleaned"
//   blob = wrap(original's key, purpose "cleaned-copy", aad = the original's name, fresh key) ‖ file sealed under it
//
// So it opens to whoever opens the original, and goes with it: nothing but the name is needed to erase both.
#pragma once

#include "workflows/report/file_kind.h"
#include "workflows/report/officer_desk.h"

namespace sparkgate::report {

inline constexpr std::string_view k_cleaned_ending = ".cleaned";

struct CleanedCopy {
  std::string bytes;
  FileKind kind;
};

/// Refuses as OfficerDesk::open_file, and cleaner_missing, file_not_cleaned, file_unwritable. One at a time for a file.
Result<CleanedCopy> cleaned_copy(Intake& intake, const Unlocked& officer, const std::string& report, int64_t sequence);

/// The sealed file and its cleaned copy, where there is one.
void remove_file(const BlobFolder& files, const std::string& name);

}  // namespace sparkgate::report
