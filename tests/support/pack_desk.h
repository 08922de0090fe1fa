// Rule packs of an office, altered, uploaded and brought into force over HTTP; and permits that they judge.
#pragma once

#include "tests/support/service.h"

namespace sparkgate::test {

class PackDesk {
 public:
  explicit PackDesk(Service& service) : service_(service) {}

  /// The usual pack as version 9.N, with `changes` laid over it (RFC 7396).
  Json version(int n, const Json& changes = Json::object());
  /// A version in which work of two hours is too long.
  Json strict(int n);

  Got upload(const Json& pack) { return service_.ask({"POST", "/api/v1/packs", "admin", pack}); }
  /// An event of the upload as of its newest version.
  Got send(const std::string& instance, const std::string& event, const Json& body = Json::object());
  Got trial(const std::string& digest, const Json& body) {
    return service_.ask({"POST", "/api/v1/packs/" + digest + "/trial", "admin", body});
  }
  /// The same with a ledger in a zip.
  Got trial_on(const std::string& digest, const std::string& zip);

  /// A submitted permit of four hours; its id.
  std::string permit();
  /// What it was judged by and what came out: "9.1 Returned".
  std::string judged(const std::string& permit);
  Json decisions(const std::string& permit) {
    return service_.ask({"GET", "/api/v1/permits/" + permit + "/decisions", "supervisor1"}).body;
  }

 private:
  Service& service_;
};

/// The files of a folder in a zip, once `change` has seen them.
using FilesByName = std::map<std::string, std::string>;
std::string zip_of(const std::string& folder, const std::function<void(FilesByName&)>& change = {});

}  // namespace sparkgate::test
