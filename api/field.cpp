#include "api/field.h"

#include "api/photos/access.h"
#include "api/reading.h"
#include "engine/base/codes.h"
#include "workflows/field/sync.h"

namespace sparkgate::api {

Result<Response> get_field_time(const Call& call) {
  const Time now = call.service.engine.clock().wall();
  const auto mark = call.service.marks.make(now, call.actor().account);
  if (!mark) return tl::make_unexpected(mark.error());
  return json_response({{"now", format_time(now)}, {"mark", *mark}});
}

Result<Response> sync_field(const Call& call) {
  const auto body = json_body(call.request);
  if (!body) return tl::make_unexpected(body.error());
  const auto report = field::read_report(*body);
  if (!report) return tl::make_unexpected(report.error());
  // A camera that tells no offset tells no instant.
  const auto taken = [&](std::string_view sha256) -> Result<std::optional<Time>> {
    auto reader = call.service.engine.read();
    if (auto may = check_photo(call, *reader, RequestView(*reader), sha256); !may) {
      return tl::make_unexpected(may.error());
    }
    const auto photo = reader->photo(sha256);
    const auto time = photo ? parse_time(photo->taken_at) : tl::make_unexpected(Refusal{Code::not_found});
    if (!time) return std::nullopt;
    return *time;
  };
  const field::Desk desk{call.service.engine, call.service.marks, taken};
  const auto answer = field::sync(desk, *report, call.actor());
  if (!answer) return tl::make_unexpected(answer.error());
  return json_response(in_language(*answer, call.language));
}

}  // namespace sparkgate::api
