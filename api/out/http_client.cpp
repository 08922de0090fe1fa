// Poco gives sockets, TLS and the reading of answers. Its timeouts are for each wait alone: a deadline over everything
// is kept by a second thread that shuts the socket when time is up.
#include "api/out/http_client.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/URI.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <istream>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr const char* k_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";  // of TLS 1.2; 1.3 has its own
constexpr int k_max_chain = 9;
const Poco::Timespan k_grace(1, 0);  // so that the watchdog is first, and tells what happened

// Shuts the socket after `time`, whatever it is used for; the descriptor of its own cannot come to mean another one.
class Watchdog {
 public:
  Watchdog(int socket, milliseconds time) : socket_(::dup(socket)), thread_([this, time] { watch(time); }) {}
  ~Watchdog() {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    over_.notify_one();
    thread_.join();
    ::close(socket_);
  }
  bool has_bitten() const { return has_bitten_; }

 private:
  void watch(milliseconds time) {
    std::unique_lock lock(mutex_);
    if (over_.wait_for(lock, time, [this] { return is_over_; })) return;
    has_bitten_ = true;
    ::shutdown(socket_, SHUT_RDWR);
  }

  const int socket_;
  std::mutex mutex_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::atomic<bool> has_bitten_ = false;
  std::thread thread_;
};

Poco::Net::Context::Ptr new_context() {
  using Poco::Net::Context;
  Context::Ptr context(new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_STRICT, k_max_chain, true, k_ciphers));
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  return context;
}

bool is_this_machine(const std::string& host) {
  Poco::Net::IPAddress address;
  return host == "localhost" || (Poco::Net::IPAddress::tryParse(host, address) && address.isLoopback());
}

tl::unexpected<Refusal> unreachable(const std::string& url, Json reason) {
  return refuse(Code::peer_unreachable, {{"url", host_of(url)}, {"reason", std::move(reason)}});
}

tl::unexpected<Refusal> invalid(const std::string& url, std::string_view zh, std::string_view en) {
  return refuse(Code::peer_answer_invalid, {{"url", host_of(url)}, {"reason", bilingual(zh, en)}});
}

Result<std::string> read_body(std::istream& in, const OutRequest& request) {
  std::string body(request.max_bytes + 1, '\0');
  in.read(body.data(), static_cast<std::streamsize>(body.size()));
  body.resize(static_cast<size_t>(in.gcount()));
  if (body.size() > request.max_bytes) return invalid(request.url, "答复过大", "it is too large");
  return body;
}

Result<OutAnswer> exchange(Poco::Net::HTTPClientSession& session, const Poco::URI& uri, const OutRequest& request) {
  using Poco::Net::HTTPRequest;
  HTTPRequest head(HTTPRequest::HTTP_POST, uri.getPathAndQuery(), HTTPRequest::HTTP_1_1);
  if (head.getURI().empty()) head.setURI("/");
  head.setHost(uri.getHost(), uri.getPort());
  head.setContentType(request.content_type);
  head.setContentLength(static_cast<std::streamsize>(request.body.size()));
  session.setKeepAlive(false);
  session.sendRequest(head).write(request.body.data(), static_cast<std::streamsize>(request.body.size()));
  Poco::Net::HTTPResponse response;
  auto body = read_body(session.receiveResponse(response), request);
  if (!body) return tl::make_unexpected(body.error());
  const auto length = response.getContentLength64();
  if (length >= 0 && body->size() != static_cast<uint64_t>(length)) {
    return unreachable(request.url, bilingual("答复未传完", "the connection broke off"));
  }
  return OutAnswer{response.getStatus(), std::move(*body)};
}

Result<OutAnswer> post(const OutRequest& request, const Poco::Net::Context::Ptr& context) {
  const auto timed_out = [&] { return unreachable(request.url, bilingual("超时", "time ran out")); };
  std::optional<Watchdog> watchdog;
  try {
    const Poco::URI uri(request.url);
    const Poco::Timespan time(request.deadline.count() * 1000);
    Poco::Net::StreamSocket socket;
    socket.connect(Poco::Net::SocketAddress(uri.getHost(), uri.getPort()), time);
    socket.setReceiveTimeout(time + k_grace);
    socket.setSendTimeout(time + k_grace);
    watchdog.emplace(socket.impl()->sockfd(), request.deadline);
    if (uri.getScheme() == "https") socket = Poco::Net::SecureStreamSocket::attach(socket, uri.getHost(), context);
    Poco::Net::HTTPClientSession session(socket);
    auto answer = exchange(session, uri, request);
    if (watchdog->has_bitten()) return timed_out();  // what looks whole may be what came until then
    return answer;
  } catch (const Poco::TimeoutException&) {
    return timed_out();
  } catch (const Poco::Net::MessageException&) {
    if (watchdog->has_bitten()) return timed_out();
    return invalid(request.url, "不是 HTTP 答复", "it is no HTTP");
  } catch (const Poco::Exception& failed) {
    if (watchdog && watchdog->has_bitten()) return timed_out();
    return unreachable(request.url, failed.displayText());
  }
}

tl::unexpected<Refusal> bad_url(const std::string& url, std::string_view zh, std::string_view en) {
  return refuse(Code::url_invalid, {{"url", url}, {"reason", bilingual(zh, en)}});
}

}  // namespace

Post http_post() {
  return [context = new_context()](const OutRequest& request) { return post(request, context); };
}

Result<void> check_url(const std::string& url, bool allow_plain) {
  try {
    const Poco::URI uri(url);
    if (uri.getScheme() != "https" && uri.getScheme() != "http") {
      return bad_url(url, "须为 http 或 https", "it is neither http nor https");
    }
    if (uri.getHost().empty()) return bad_url(url, "没有主机名", "it names no host");
    if (!uri.getUserInfo().empty() || !uri.getFragment().empty()) {
      return bad_url(host_of(url), "不得含用户名、密码或片段", "it holds a user, a password or a fragment");
    }
    if (uri.getScheme() == "http" && !allow_plain && !is_this_machine(uri.getHost())) {
      return bad_url(url, "未加密；如确需使用，请加 --plain-http",
                     "it is not encrypted; --plain-http allows it where that is meant");
    }
    return {};
  } catch (const Poco::SyntaxException&) {
    return bad_url(url, "格式不符", "it is malformed");
  }
}

std::string host_of(const std::string& url) {
  try {
    Poco::URI uri(url);
    uri.setUserInfo("");
    return uri.getAuthority();
  } catch (const Poco::SyntaxException&) {
    return "";
  }
}

}  // namespace sparkgate::api
