#include "tests/support/report_browser.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "tests/support/raw_server.h"

namespace sparkgate::test {
namespace {

constexpr int k_wait_ms = 60'000;
constexpr const char* k_file_path = "/report/mine/file";

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
  return out;
}

WebPage page_of(std::string_view head) {
  WebPage page;
  page.head = head;
  if (head.size() > 12) page.status = std::stoi(page.head.substr(9, 3));
  for (size_t at = head.find("\r\n"); at != head.npos && at + 2 < head.size();) {
    const size_t start = at + 2, end = std::min(head.find("\r\n", start), head.size());
    const std::string_view line = head.substr(start, end - start);
    const size_t colon = std::min(line.find(':'), line.size());
    page.headers.emplace_back(lowered(line.substr(0, colon)), line.substr(std::min(colon + 2, line.size())));
    at = end == head.size() ? head.npos : end;
  }
  return page;
}

}  // namespace

ReportBrowser::~ReportBrowser() { close(); }

ReportBrowser::ReportBrowser(ReportBrowser&& other) noexcept
    : cookies(std::move(other.cookies)),
      language(std::move(other.language)),
      port_(other.port_),
      socket_(std::exchange(other.socket_, -1)),
      last_(std::move(other.last_)) {}

void ReportBrowser::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

bool ReportBrowser::connect() {
  if (socket_ >= 0) return true;
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return true;
  close();
  return false;
}

bool ReportBrowser::receive(std::string& input) const {
  pollfd ready{socket_, POLLIN, 0};
  char chunk[16384];
  const ssize_t count = ::poll(&ready, 1, k_wait_ms) == 1 ? ::recv(socket_, chunk, sizeof chunk, 0) : 0;
  if (count <= 0) return false;
  input.append(chunk, static_cast<size_t>(count));
  return true;
}

WebPage ReportBrowser::read_answer() {
  std::string input;
  size_t end;
  while ((end = input.find("\r\n\r\n")) == input.npos) {
    if (!receive(input)) return {};
  }
  WebPage page = page_of(std::string_view(input).substr(0, end));
  const std::string length = page.header("content-length");
  const size_t whole = end + 4 + (length.empty() ? 0 : std::stoul(length));
  while (input.size() < whole) {
    if (!receive(input)) return {};
  }
  page.body = input.substr(end + 4);
  if (page.header("connection") == "close") close();
  return page;
}

std::string ReportBrowser::head_of(const std::string& method, const std::string& target, const std::string& type,
                                   size_t length) const {
  std::string out = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept-Language: " + language + "\r\n";
  if (!type.empty()) out += "Content-Type: " + type + "\r\n";
  if (method != "GET") out += "Content-Length: " + std::to_string(length) + "\r\n";
  if (!cookies.empty()) out += "Cookie: " + cookies.field() + "\r\n";
  return out + "\r\n";
}

WebPage ReportBrowser::send(const std::string& method, const std::string& target, const std::string& type,
                            std::string_view body) {
  const std::string head = head_of(method, target, type, body.size());
  for (const bool again : {true, false}) {  // a connection that was kept may have ended meanwhile
    const bool is_kept = socket_ >= 0;
    if (!connect()) return {};
    send_all(socket_, head);  // also when it breaks off: the answer may have come before the end
    send_all(socket_, body);
    WebPage page = read_answer();
    if (page.status == 0) close();
    if (page.status == 0 && is_kept && again) continue;
    for (const auto& [field, value] : page.headers) {
      if (field == "set-cookie") cookies.keep(value);
    }
    return page;
  }
  return {};
}

WebPage ReportBrowser::go(WebPage answer) {
  while (answer.status == 303) answer = send("GET", answer.header("location"), "", "");
  last_ = answer.body;
  return answer;
}

WebPage ReportBrowser::open(const std::string& path) { return go(send("GET", path, "", "")); }

WebPage ReportBrowser::post(const std::string& path, const FormFields& fields) {
  return go(send("POST", path, "application/x-www-form-urlencoded", form_body(token_for(path), fields)));
}

std::string ReportBrowser::upload_request(const std::string& file_name, const std::string& type,
                                          std::string_view bytes) const {
  const std::string body = file_form_body(token_for(k_file_path), {file_name, type, bytes});
  return head_of("POST", k_file_path, k_file_form_type, body.size()) + body;
}

WebPage ReportBrowser::upload(const std::string& file_name, const std::string& type, std::string_view bytes) {
  const std::string body = file_form_body(token_for(k_file_path), {file_name, type, bytes});
  return go(send("POST", k_file_path, k_file_form_type, body));
}

std::string ReportBrowser::token_for(const std::string& path) const { return test::token_for(path, last_); }

}  // namespace sparkgate::test
