#include "api/photos/access.h"

#include "api/reading.h"
#include "engine/base/codes.h"
#include "workflows/photos.h"

namespace sparkgate::api {

bool may_see_photo(const Call& call, Reader& reader, const View& view, std::string_view sha256) {
  if (reader.has_sent_photo(call.actor().account, sha256)) return true;
  for (const Registered& registered : call.service.engine.registry().all()) {
    const Workflow& workflow = *registered.workflow;
    for (const InstancePtr& instance : view.linked(workflow.description().name, k_photo, sha256)) {
      if (workflow.readable(*instance, call.actor(), view)) return true;
    }
  }
  return false;
}

Result<void> check_photo(const Call& call, Reader& reader, const View& view, std::string_view sha256) {
  if (!reader.photo(sha256)) return refuse(Code::photo_unknown, {{"sha256", sha256}});
  if (may_see_photo(call, reader, view, sha256)) return {};
  return refuse(Code::photo_not_yours, {{"sha256", sha256}});
}

Result<void> check_photos(const Call& call, const Json& payload) {
  const auto photos = photos_in(payload);
  if (photos.empty()) return {};
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  for (const std::string& photo : photos) {
    if (auto may = check_photo(call, *reader, view, photo); !may) return may;
  }
  return {};
}

}  // namespace sparkgate::api
