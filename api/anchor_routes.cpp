#include "api/anchor_routes.h"

namespace sparkgate::api {
namespace {

Json view_json(const AnchorView& view, uint64_t published) {
  Json out = {{"name", view.name}, {"size", view.size}, {"at", view.at ? Json(format_time(*view.at)) : Json()}};
  const bool is_behind = view.state == AnchorState::ok && view.size < published;
  out["state"] = is_behind ? "behind" : name_of(view.state);
  if (!view.key.empty()) out["key"] = view.key;
  if (!view.code.empty()) out["code"] = view.code;
  return out;
}

Json list_json(const std::vector<AnchorView>& views, uint64_t published) {
  Json out = Json::array();
  for (const AnchorView& view : views) out.push_back(view_json(view, published));
  return out;
}

}  // namespace

Result<Response> get_anchors(const Call& call) {
  const Anchoring::Report report = call.service.anchoring.report();
  const WitnessPolicy& policy = report.policy;
  return json_response({{"origin", report.origin},
                        {"size", report.published},
                        {"policy",
                         {{"needed", policy.needed},
                          {"of", report.witnesses.size()},
                          {"mode", policy.required ? "require" : "advise"},
                          {"limit_seconds", policy.limit.count()},
                          {"witnessed_size", report.witnessed},
                          {"verdict", name_of(report.verdict)}}},
                        {"witnesses", list_json(report.witnesses, report.published)},
                        {"timestamps", list_json(report.authorities, report.published)}});
}

Result<Response> request_timestamps(const Call& call) {
  if (auto hurried = call.service.anchoring.hurry_timestamps(); !hurried) return tl::make_unexpected(hurried.error());
  Response response;
  response.status = 202;
  return response;
}

}  // namespace sparkgate::api
