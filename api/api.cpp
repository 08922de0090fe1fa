#include "api/api.h"

#include "api/photos/photo_routes.h"
#include "api/router.h"

namespace sparkgate::api {

Response Api::handle(const Request& request) { return answer(service_, request); }

void Api::prepare(ServerOptions& options) {
  options.limits.large = k_photo_bodies;
  options.turn_away = [this](const Request& head) { return answer_without_body(service_, head); };
}

}  // namespace sparkgate::api
