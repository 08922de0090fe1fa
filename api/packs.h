// Rule packs over HTTP: which there are, one whole, a new one as a draft, what differs, and a trial on old decisions.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> list_packs(const Call& call);  // GET /api/v1/packs
Result<Response> get_pack(const Call& call);    // GET /api/v1/packs/{id}
Result<Response> draft_pack(const Call& call);  // POST /api/v1/packs
Result<Response> diff_pack(const Call& call);   // GET /api/v1/packs/{id}/diff
Result<Response> try_pack(const Call& call);    // POST /api/v1/packs/{id}/trial

Json pack_ref_json(const rules::Pack& pack);

/// The version that the path names by its digest. Refuses not_found.
Result<const rules::Pack*> named_pack(const Call& call);
/// The version in force of the same pack; null when there is none.
const rules::Pack* pack_in_force(const Call& call, const View& view, std::string_view id);

}  // namespace sparkgate::api
