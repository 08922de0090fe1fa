#include "api/evidence.h"

#include "api/out/anchoring.h"
#include "api/reading.h"
#include "certs/note.h"
#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/evidence/gather.h"

namespace sparkgate::api {
namespace {

const std::vector<std::string> k_sees_personal = {"auditor", "enforcement"};

// Those entries of the instance that stand in the running log, all of them, as witnesses have seen them; else as they
// stand in `latest`.
SignedCheckpoint checkpoint_for(const Call& call, Reader& reader, const std::string& instance,
                                const SignedCheckpoint& latest) {
  const StoredLog log = reader.logs().back();
  const int64_t last = reader.entries(instance).back().index - log.first;
  const auto witnessed =
      call.service.anchoring.witnessed(reader, log.number, static_cast<uint64_t>(std::max<int64_t>(last, 0)) + 1);
  if (!witnessed) return latest;
  const auto note = parse_note(witnessed->note);
  const auto checkpoint = note ? journal::parse_checkpoint(note->text) : tl::make_unexpected(note.error());
  return checkpoint ? SignedCheckpoint{*checkpoint, cosigned_note(*witnessed)} : latest;
}

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
  const SignedCheckpoint signed_log = checkpoint_for(call, *reader, found->instance->id, *checkpoint);
  const auto bundle = evidence::gather(*reader, *found->instance, signed_log, sources, wanted);
  if (!bundle) return tl::make_unexpected(bundle.error());
  Response response;
  response.content_type = "application/zip";
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"evidence-" + found->instance->id + ".zip\"");
  response.body = evidence::write_archive(evidence::files_of(*bundle), evidence::k_manifest);
  return response;
}

}  // namespace sparkgate::api
