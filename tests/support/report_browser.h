// A browser without script at the pages for public reports, over a loopback socket: keeps cookies, sends back the forms
// of the page that it saw last. For tests and benchmarks.
#pragma once

#include <cstdint>

#include "tests/support/web_page.h"

namespace sparkgate::test {

/// Waits are bounded (60 s).
class ReportBrowser {
 public:
  explicit ReportBrowser(uint16_t port) : port_(port) {}
  ~ReportBrowser();
  ReportBrowser(ReportBrowser&& other) noexcept;
  ReportBrowser(const ReportBrowser&) = delete;

  WebPage open(const std::string& path);
  /// The form for that path, with its token; goes where the answer leads.
  WebPage post(const std::string& path, const FormFields& fields);
  /// The same for a file, as browsers send it.
  WebPage upload(const std::string& file_name, const std::string& type, std::string_view bytes);
  /// One request as it is, with the cookies; nothing is followed.
  WebPage send(const std::string& method, const std::string& target, const std::string& type, std::string_view body);

  /// The request that upload() sends, to be sent otherwise.
  std::string upload_request(const std::string& file_name, const std::string& type, std::string_view bytes) const;
  /// "" when the last page has no such form.
  std::string token_for(const std::string& path) const;

  CookieJar cookies;
  std::string language = "en";

 private:
  WebPage go(WebPage answer);
  bool connect();
  void close();
  bool receive(std::string& input) const;
  WebPage read_answer();
  std::string head_of(const std::string& method, const std::string& target, const std::string& type,
                      size_t length) const;

  const uint16_t port_;
  int socket_ = -1;
  std::string last_;
};

}  // namespace sparkgate::test
