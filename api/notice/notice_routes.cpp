#include "api/notice/notice_routes.h"

#include "api/notice/address.h"
#include "api/notice/template.h"
#include "api/notice/view.h"
#include "api/page.h"
#include "api/reading.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

InstancePtr permit_of(const Call& call, const View& view) {
  const auto found = view.linked("hot_work_permit", "notice_code", normal_notice_code(call.parameter("code")));
  return found.empty() ? nullptr : found.front();
}

std::string address_of(const Call& call, const Instance& permit) {
  return notice_address(call, text_of(permit.data, "notice_code"));
}

}  // namespace

Result<Response> get_notice(const Call& call) {
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  const InstancePtr permit = permit_of(call, view);
  NoticeAsk ask{page_language(call), call.service.engine.clock().wall(), ""};
  if (!permit) return notice_response(no_notice_values(call.service.packs, ask), 404);
  ask.address = address_of(call, *permit);
  return notice_response(notice_values(*permit, view, call.service.packs, ask), 200);
}

Result<Response> get_notice_qr(const Call& call) {
  auto reader = call.service.engine.read();
  const InstancePtr permit = permit_of(call, RequestView(*reader));
  if (!permit) return refuse(Code::not_found);
  const QrPath qr = qr_path(address_of(call, *permit));
  const std::string side = std::to_string(qr.side);
  Response response;
  response.content_type = "image/svg+xml";
  response.body = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
                  "\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side + "H0z\"/><path d=\"" + qr.path + "\"/></svg>";
  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'");
  return response;
}

}  // namespace sparkgate::api
