// Whose a photo is: who sent it and who may read what refers to it may see it, and nobody else may refer to it. Else
// whoever learns a photo's hash could link it to a record of their own, and then see it.
#pragma once

#include "api/call.h"
#include "engine/store/store.h"

namespace sparkgate::api {

bool may_see_photo(const Call& call, Reader& reader, const View& view, std::string_view sha256);

/// Refuses photo_unknown for one that is not here, as a hash alone shows nothing, and photo_not_yours for one that is
/// not the caller's to see.
Result<void> check_photo(const Call& call, Reader& reader, const View& view, std::string_view sha256);

/// The same for each photo that the payload names.
Result<void> check_photos(const Call& call, const Json& payload);

}  // namespace sparkgate::api
