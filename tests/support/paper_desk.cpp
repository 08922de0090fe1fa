#include "tests/support/paper_desk.h"

#include "api/notice/notice_routes.h"
#include "api/paper/paper_routes.h"

namespace sparkgate::test {
namespace {

api::Service::Options options_for(const TempFolder& folder, std::vector<std::string> web_origins) {
  api::Service::Options options{folder.path(), "0", [](const std::string&) {}};
  options.passkeys.origins = std::move(web_origins);
  return options;
}

}  // namespace

PaperDesk::PaperDesk(Town& town, std::vector<std::string> web_origins)
    : town_(town),
      anchoring_(town.engine(), {}),
      service_(town.engine(), town.packs(), anchoring_, options_for(folder_, std::move(web_origins))) {}

api::Request PaperDesk::request_for(const Query& query) const {
  api::Request request;
  request.method = "GET";
  request.query = query;
  request.headers["host"] = "permits.test:8080";
  return request;
}

api::Response PaperDesk::notice_of_code(const std::string& code, const Query& query) {
  const api::Request request = request_for(query);
  return api::get_notice({service_, request, Language::zh, nullptr, {{"code", code}}}).value();
}

api::Response PaperDesk::notice(const std::string& permit, const Query& query) {
  return notice_of_code(text_of(town_.get(permit)->data, "notice_code"), query);
}

Result<api::Response> PaperDesk::qr_of_code(const std::string& code) {
  const api::Request request = request_for({});
  return api::get_notice_qr({service_, request, Language::zh, nullptr, {{"code", code}}});
}

Result<api::Response> PaperDesk::paper(const std::string& permit, const Query& query, const std::string& login) {
  const api::Request request = request_for(query);
  auto caller = std::make_shared<const api::Caller>(api::Caller{{}, town_.actor(login)});
  return api::get_paper({service_, request, Language::zh, std::move(caller), {{"id", permit}}});
}

}  // namespace sparkgate::test
