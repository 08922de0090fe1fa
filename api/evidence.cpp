#include "api/evidence.h"

#include "api/reading.h"
#include "workflows/access.h"
#include "workflows/evidence/gather.h"

namespace sparkgate::api {
namespace {

const std::vector<std::string> k_sees_personal = {"auditor", "enforcement"};

}  // namespace

Result<Response> get_evidence(const Call& call) {
  // Taken first, so that the store has all that it covers; what the store has beyond it is left out.
  const SignedPtr checkpoint = call.service.engine.latest_checkpoint();
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  const auto found = readable_instance(call, view);
  if (!found) return tl::make_unexpected(found.error());
  if (!checkpoint) {
    const auto obstacle = call.service.engine.log_obstacle();
    return obstacle ? tl::make_unexpected(*obstacle) : refuse(Code::not_found);
  }
  const Index index = found->workflow->index(*found->instance, view);
  const evidence::Wanted wanted{has_any_role(call.actor(), k_sees_personal, {index.unit, index.area}, view)};
  const evidence::Sources sources{call.service.packs, call.service.heads};
  const auto bundle = evidence::gather(*reader, *found->instance, *checkpoint, sources, wanted);
  if (!bundle) return tl::make_unexpected(bundle.error());
  Response response;
  response.content_type = "application/zip";
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"evidence-" + found->instance->id + ".zip\"");
  response.body = evidence::write_archive(evidence::files_of(*bundle), evidence::k_manifest);
  return response;
}

}  // namespace sparkgate::api
