#include "workflows/fsck/photos.h"

#include "engine/store/blob_folder.h"

namespace sparkgate::fsck {

void check_photos(Scan& scan, const std::filesystem::path& folder, Report& report) {
  const BlobFolder files(folder);
  scan.photos([&](const StoredPhoto& photo) {
    const auto original = files.get(photo.sha256);
    if (!original) {
      report.say(Fault::photo_missing, {{"name", photo.sha256}});
    } else if (hex(sha256(*original)) != photo.sha256 || static_cast<int64_t>(original->size()) != photo.bytes) {
      report.say(Fault::photo_differs, {{"name", photo.sha256}});
    }
    const std::string display = photo.sha256 + std::string(k_display_copy);
    if (!files.get(display)) report.say(Fault::photo_missing, {{"name", display}});
  });
}

}  // namespace sparkgate::fsck
