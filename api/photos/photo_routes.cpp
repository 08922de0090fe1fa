#include "api/photos/photo_routes.h"

#include "api/ascii.h"
#include "api/photos/access.h"
#include "api/reading.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr std::string_view k_jpeg = "image/jpeg";
constexpr size_t k_most_alike = 20;

size_t uses_of(const Call& call, const View& view, std::string_view sha256) {
  size_t count = 0;
  for (const Registered& registered : call.service.engine.registry().all()) {
    count += view.linked(registered.workflow->description().name, k_photo, sha256).size();
  }
  return count;
}

// What the path names. What may not be seen is not there.
Result<StoredPhoto> visible_photo(const Call& call, Reader& reader, const View& view) {
  const std::string_view sha256 = call.parameter("sha256");
  auto photo = reader.photo(sha256);
  if (!photo || !may_see_photo(call, reader, view, sha256)) return refuse(Code::not_found);
  return std::move(*photo);
}

Json claims_json(const StoredPhoto& photo) {
  Json out = Json::object();
  if (!photo.taken_at.empty()) out["taken_at"] = photo.taken_at;
  if (!photo.longitude.empty()) out["longitude"] = photo.longitude;
  if (!photo.latitude.empty()) out["latitude"] = photo.latitude;
  return out;
}

// Of others that look alike all count, but only those are named that the caller may see: whoever knows a photo's name
// could link to it, and then see it.
Json photo_json(const Call& call, Reader& reader, const View& view, const StoredPhoto& photo) {
  const auto alike = reader.photos_like(photo, k_most_alike);
  Json same_as = Json::array();
  for (const std::string& sha256 : alike) {
    if (may_see_photo(call, reader, view, sha256)) same_as.push_back(sha256);
  }
  const std::string url = "/api/v1/photos/" + photo.sha256;
  return {{"sha256", photo.sha256},
          {"bytes", photo.bytes},
          {"width", photo.width},
          {"height", photo.height},
          {"claims", claims_json(photo)},
          {"uses", uses_of(call, view, photo.sha256)},
          {"alike", alike.size()},
          {"same_as", std::move(same_as)},
          {"url", url},
          {"original_url", url + "/original"},
          {"display_url", url + "/display"}};
}

// A picture and never anything else, whatever a browser may find in its bytes.
Response picture_response(Photos::Copy copy) {
  Response response;
  response.content_type = k_jpeg;
  response.body = std::move(copy.bytes);
  response.room = std::move(copy.room);
  response.headers = {{"Cache-Control", "private, max-age=31536000, immutable"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Content-Security-Policy", "default-src 'none'; sandbox"},
                      {"Cross-Origin-Resource-Policy", "same-origin"}};
  return response;
}

using TakeCopy = Result<Photos::Copy> (Photos::*)(const std::string& sha256);

Result<Response> get_copy(const Call& call, TakeCopy take) {
  {
    auto reader = call.service.engine.read();
    const auto photo = visible_photo(call, *reader, RequestView(*reader));
    if (!photo) return tl::make_unexpected(photo.error());
  }
  auto copy = (call.service.photos.*take)(std::string(call.parameter("sha256")));
  if (!copy) return tl::make_unexpected(copy.error());
  return picture_response(std::move(*copy));
}

}  // namespace

Result<Response> send_photo(const Call& call) {
  const std::string_view type = call.request.header("content-type");
  if (to_lower(trim_blanks(type.substr(0, type.find(';')))) != k_jpeg) {
    return refuse(Code::unsupported_media_type, {{"actual", type}, {"needed", k_jpeg}});
  }
  const auto kept = call.service.photos.keep(call.request.body, call.actor().account);
  if (!kept) return tl::make_unexpected(kept.error());
  auto reader = call.service.engine.read();
  return json_response(photo_json(call, *reader, RequestView(*reader), kept->photo), kept->is_new ? 201 : 200);
}

Result<Response> get_photo(const Call& call) {
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  const auto photo = visible_photo(call, *reader, view);
  if (!photo) return tl::make_unexpected(photo.error());
  return json_response(photo_json(call, *reader, view, *photo));
}

Result<Response> get_original(const Call& call) {
  auto response = get_copy(call, &Photos::original);
  if (!response) return response;
  const std::string name = "photo-" + std::string(call.parameter("sha256").substr(0, 16)) + ".jpg";
  response->headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

Result<Response> get_display(const Call& call) { return get_copy(call, &Photos::display); }

}  // namespace sparkgate::api
