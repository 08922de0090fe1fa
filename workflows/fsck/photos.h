// The files of photos against their rows. Files without a row are no fault: the service removes them when it starts.
#pragma once

#include <filesystem>

#include "engine/store/scan.h"
#include "workflows/fsck/report.h"

namespace sparkgate::fsck {

void check_photos(Scan& scan, const std::filesystem::path& folder, Report& report);

}  // namespace sparkgate::fsck
