#include "api/report/scan.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr timeval k_longest_wait{60, 0};  // for one answer, or for room for one piece
constexpr size_t k_most_answer_bytes = 1024;

std::string size_of(size_t bytes) {
  std::string out(4, '\0');
  for (int i = 0; i < 4; ++i) out[i] = static_cast<char>(bytes >> (24 - 8 * i));
  return out;
}

}  // namespace

Result<Scan> Scan::begin(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path.string();
  if (name.size() >= sizeof address.sun_path) return refuse(Code::scanner_unreachable);
  std::memcpy(address.sun_path, name.c_str(), name.size());
  Scan scan(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  for (const int option : {SO_SNDTIMEO, SO_RCVTIMEO}) {
    ::setsockopt(scan.socket_, SOL_SOCKET, option, &k_longest_wait, sizeof k_longest_wait);
  }
  using namespace std::string_view_literals;
  const bool is_connected = ::connect(scan.socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  if (!is_connected || !scan.send("zINSTREAM\0"sv)) return refuse(Code::scanner_unreachable);
  return scan;
}

Scan::Scan(Scan&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Scan::~Scan() {
  if (socket_ >= 0) ::close(socket_);
}

bool Scan::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

Result<void> Scan::pass_on(std::string_view bytes) {
  if (bytes.empty()) return {};  // no bytes: the end
  if (!send(size_of(bytes.size())) || !send(bytes)) return refuse(Code::scanner_unreachable);
  return {};
}

Result<void> Scan::finish() {
  std::string answer;
  if (!send(size_of(0))) return refuse(Code::scanner_unreachable);
  char room[256];
  for (ssize_t got = 0; answer.find('\0') == answer.npos && answer.size() < k_most_answer_bytes;) {
    got = ::recv(socket_, room, sizeof room, 0);
    if (got <= 0) break;
    answer.append(room, static_cast<size_t>(got));
  }
  answer = answer.substr(0, answer.find('\0'));
  if (answer == "stream: OK") return {};
  if (answer.ends_with(" FOUND")) return refuse(Code::file_infected);
  return refuse(Code::scanner_unreachable);  // also what it refuses: too large for it, say
}

}  // namespace sparkgate::api
