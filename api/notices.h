// Messages for whoever holds a role, or for one person: listed, and told as they come.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// id, entry, instance, code, text, details, at.
Json notice_json(const StoredNotice& stored, Language language);

/// As Reader::notices chooses them.
bool is_told(const Actor& actor, const Notice& notice);

Result<Response> list_notices(const Call& call);  // GET /api/v1/notices

}  // namespace sparkgate::api
