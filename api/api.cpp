#include "api/api.h"

#include "api/photos/photo_routes.h"
#include "api/report/pages.h"
#include "api/router.h"

namespace sparkgate::api {

Response Api::handle(const Request& request) {
  Response response = answer(service_, request);
  if (!is_report_path(request.path)) return response;
  return as_report_answer(std::move(response), preferred_language(request.header("accept-language")));
}

void Api::prepare(ServerOptions& options) {
  options.limits.large = k_photo_bodies;
  options.turn_away = [this](const Request& head) { return answer_without_body(service_, head); };
}

}  // namespace sparkgate::api
