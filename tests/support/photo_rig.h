// The routes of photos over an engine with the counter workflow: whoever is called "stranger" reads none of its
// instances. Callers need no account and no password.
#pragma once

#include "api/photos/photo_routes.h"
#include "tests/support/engine_rig.h"
#include "tests/support/jpeg.h"

namespace sparkgate::test {

class PhotoRig : public EngineRig {
 protected:
  PhotoRig();

  using Route = Result<api::Response> (*)(const api::Call& call);
  /// As the person of that name asks.
  Result<api::Response> ask(Route route, const std::string& who, const std::string& sha256);
  Result<api::Response> send(const std::string& who, const std::string& bytes,
                             const std::string& type = "image/jpeg");
  /// The photo's name.
  std::string sent(const std::string& who, const std::string& bytes);
  /// What the person is told of it; null when that is refused.
  Json known(const std::string& who, const std::string& sha256);
  /// "" or the refusal's code.
  static std::string code_of(const Result<api::Response>& response);
  /// An instance that links to it.
  std::string use(const std::string& sha256);
  std::filesystem::path file(const std::string& sha256, const std::string& suffix = "") const;
  api::Photos& photos() { return service->photos; }

  const rules::Packs packs = rules::Packs::embedded().value();
  std::unique_ptr<api::Anchoring> anchoring;
  std::unique_ptr<api::Service> service;
};

}  // namespace sparkgate::test
