#include "tests/support/photo_rig.h"

namespace sparkgate::test {

PhotoRig::PhotoRig() {
  anchoring = std::make_unique<api::Anchoring>(*engine, api::Anchoring::Options{});
  api::Service::Options options{folder.path(), "0", [](const std::string&) {}};
  service = std::make_unique<api::Service>(*engine, packs, *anchoring, options);
}

Result<api::Response> PhotoRig::ask(Route route, const std::string& who, const std::string& sha256) {
  api::Request request;
  auto caller = std::make_shared<const api::Caller>(api::Caller{{}, a_person(who)});
  return route({*service, request, Language::en, std::move(caller), {{"sha256", sha256}}});
}

Result<api::Response> PhotoRig::send(const std::string& who, const std::string& bytes, const std::string& type) {
  api::Request request;
  request.headers["content-type"] = type;
  request.body = bytes;
  auto caller = std::make_shared<const api::Caller>(api::Caller{{}, a_person(who)});
  return api::send_photo({*service, request, Language::en, std::move(caller), {}});
}

std::string PhotoRig::sent(const std::string& who, const std::string& bytes) {
  const auto response = send(who, bytes);
  if (!response) throw std::runtime_error(describe(response.error()));
  return text_of(parse_json(response->body).value(), "sha256");
}

Json PhotoRig::known(const std::string& who, const std::string& sha256) {
  const auto response = ask(api::get_photo, who, sha256);
  return response ? parse_json(response->body).value() : Json();
}

std::string PhotoRig::code_of(const Result<api::Response>& response) {
  return response ? "" : std::string(refusal_row(response.error().code).name);
}

std::string PhotoRig::use(const std::string& sha256) { return open_one({{"links", {{"photo", sha256}}}}); }

std::filesystem::path PhotoRig::file(const std::string& sha256, const std::string& suffix) const {
  return folder.path() / "files" / sha256.substr(0, 2) / (sha256 + suffix);
}

}  // namespace sparkgate::test
