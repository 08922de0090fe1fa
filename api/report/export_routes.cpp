#include "api/report/export_routes.h"

#include "api/report/desk.h"

namespace sparkgate::api {
namespace {

const Schema& proposal_schema() {
  static const Schema schema(*parse_json(R"({
    "type": "object", "additionalProperties": false, "required": ["certificate"], "properties": {
      "certificate": {"type": "string", "minLength": 1, "maxLength": 16384}}})"));
  return schema;
}

Json recipient_json(const CmsRecipient& recipient) {
  return {{"subject", recipient.subject()}, {"fingerprint", recipient.fingerprint()}};
}

}  // namespace

Result<Response> propose_export(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  ReportCounter& counter = desk->counter;
  const std::string report(call.parameter("id"));
  if (const auto readable = counter.desk.read(desk->officer, report); !readable) {
    return tl::make_unexpected(readable.error());
  }
  const auto body = json_body(call.request, proposal_schema());
  if (!body) return tl::make_unexpected(body.error());
  const auto recipient = CmsRecipient::from_pem(text_of(*body, "certificate"), counter.intake.clock.wall());
  if (!recipient) return tl::make_unexpected(recipient.error());
  const auto proposed = counter.exports.put({report, desk->officer.officer, *recipient});
  return json_response({{"code", proposed.code},
                        {"expires", format_time(proposed.until)},
                        {"recipient", recipient_json(*recipient)}}, 201);
}

Result<Response> get_export(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto proposal = desk->counter.exports.find(std::string(call.parameter("code")));
  if (!proposal) return tl::make_unexpected(proposal.error());
  return json_response({{"report", proposal->report},
                        {"proposed_by", proposal->proposed_by},
                        {"recipient", recipient_json(proposal->recipient)}});
}

Result<Response> confirm_export(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto proposal = desk->counter.exports.take(std::string(call.parameter("code")), desk->officer.officer);
  if (!proposal) return tl::make_unexpected(proposal.error());
  auto sealed = desk->counter.desk.export_for(desk->officer, *proposal);
  if (!sealed) return tl::make_unexpected(sealed.error());
  Response response;
  response.body = std::move(*sealed);
  response.content_type = "application/pkcs7-mime; smime-type=authEnveloped-data; name=\"report.p7m\"";
  response.headers = {{"Content-Disposition", "attachment; filename=\"report.p7m\""}};
  return response;
}

}  // namespace sparkgate::api
