// Notices and papers of a town's permits, as the routes give them to people of the demo.
#pragma once

#include "api/call.h"
#include "tests/support/town.h"

namespace sparkgate::test {

class PaperDesk {
 public:
  explicit PaperDesk(Town& town, std::vector<std::string> web_origins = {});

  using Query = std::multimap<std::string, std::string>;
  /// The notice page of the permit; by its code as it stands.
  api::Response notice(const std::string& permit, const Query& query = {});
  api::Response notice_of_code(const std::string& code, const Query& query = {});
  Result<api::Response> qr_of_code(const std::string& code);
  /// The permit as paper, for the person with that login.
  Result<api::Response> paper(const std::string& permit, const Query& query = {},
                              const std::string& login = "supervisor1");
  /// The service's data directory.
  const std::filesystem::path& data() const { return folder_.path(); }

 private:
  api::Request request_for(const Query& query) const;

  Town& town_;
  TempFolder folder_;
  api::Anchoring anchoring_;
  api::Service service_;
};

}  // namespace sparkgate::test
