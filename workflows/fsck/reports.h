// Public reports, as far as they can be judged sealed: their numbers, their files, who signed the rosters, and the
// roots that the main log was told of.
#pragma once

#include <map>
#include <optional>

#include "certs/keys.h"
#include "engine/store/blob_folder.h"
#include "engine/store/intake_store.h"
#include "engine/store/store.h"
#include "workflows/fsck/report.h"

namespace sparkgate::fsck {

/// Days and roots (hexadecimal) that the main log recorded.
using ToldDays = std::map<std::string, std::string>;
ToldDays told_days(Reader& reader);

struct ReportsCheck {
  std::optional<BlobFolder> files = {};  // sealed; nothing: they are not there, and nobody expects them
  std::optional<PublicKey> lead = {};    // by which rosters are verified; nothing: they are not
  ToldDays told = {};
};
void check_reports(IntakeReader& reader, const ReportsCheck& check, Report& report);

}  // namespace sparkgate::fsck
