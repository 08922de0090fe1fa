// fsck: rebuilds from a store's entries all that the store holds, and says where the two differ. Reads alone; needs a
// store that nobody writes to, and no service.
//
// What entries do not tell of it cannot judge: sessions, secrets, the texts of notices and of follow-ups, answers
// beyond what they say of their entry, what witnesses and timestamp authorities gave (tests/workflows/fsck lists them);
// of photos it judges the bytes alone.
#pragma once

#include <filesystem>

#include "certs/note.h"
#include "engine/registry.h"
#include "engine/store/scan.h"
#include "workflows/fsck/report.h"

namespace sparkgate::fsck {

struct Options {
  std::function<std::unique_ptr<Scan>()> scan;  // one for each thread
  std::filesystem::path high_water;             // file of the mark
  std::filesystem::path photos;                 // folder of their files; "": they are not looked at
  std::vector<NoteVerifier> keys;               // of the log; none: those that the store itself names
  size_t threads = 2;
};

/// Every entry is read twice, once along the log and once along its instance; memory does not grow with them, but for
/// 100 bytes an instance where heads were recorded.
void check(const Options& options, const Registry& registry, Report& report);

}  // namespace sparkgate::fsck
