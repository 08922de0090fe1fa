#include "api/renewal.h"

#include "api/reading.h"
#include "engine/base/codes.h"
#include "workflows/hot_work_permit/renewal.h"
#include "workflows/hot_work_permit/roles.h"

namespace sparkgate::api {

Result<Response> get_renewal(const Call& call) {
  auto reader = call.service.engine.read();
  const auto filed = reader->instance(call.parameter("id"));
  if (!filed || filed->instance->workflow != "hot_work_permit") return refuse(Code::not_found);
  const Instance& permit = *filed->instance;
  // It holds the numbers of people: for whoever gave them.
  if (!permit::holds_role(permit, call.actor(), "applicant")) return refuse(Code::not_found);
  return json_response(permit::renewal_of(permit, call.service.engine.clock().wall()));
}

}  // namespace sparkgate::api
