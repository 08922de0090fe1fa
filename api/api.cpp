#include "api/api.h"

#include "api/photos/photo_routes.h"
#include "api/report/pages.h"
#include "api/report/upload.h"
#include "api/router.h"

namespace sparkgate::api {
namespace {

constexpr LargeBodies k_large_bodies[] = {k_photo_bodies, k_report_files};

}  // namespace

Response Api::handle(const Request& request) {
  Response response = answer(service_, request);
  if (!is_report_path(request.path)) return response;
  return as_report_answer(std::move(response), preferred_language(request.header("accept-language")));
}

void Api::prepare(ServerOptions& options) {
  options.limits.large = k_large_bodies;
  options.turn_away = [this](const Request& head) -> std::optional<Response> {
    auto turned = answer_without_body(service_, head);
    if (!turned || !is_report_path(head.path)) return turned;
    return as_report_answer(std::move(*turned), preferred_language(head.header("accept-language")));
  };
  options.dress = [](Response own, std::string_view path, Language language) {
    return is_report_path(path) ? as_report_answer(std::move(own), language) : own;
  };
  options.sink_for = [this](const Request& head) { return report_file_sink(service_, head); };
}

}  // namespace sparkgate::api
