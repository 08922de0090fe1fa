// Poco gives sockets and a thread pool. Its TCPServer is not used: its queue can leave a new connection waiting behind
// a kept-alive one although threads are free, and it drops what is over the cap without an answer.
#include "api/http_server.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <Poco/Runnable.h>
#include <Poco/ThreadPool.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "api/http_connection.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr int k_backlog = 1024;
constexpr int k_refusers = 64;  // threads that tell connections over the cap that it is too busy
constexpr int k_spare_threads = 64;  // a thread is free a moment after its connection is gone
constexpr int k_thread_idle_seconds = 60;
constexpr int k_thread_stack_bytes = 1 << 20;  // address space; only what is used takes memory
constexpr int k_other_files = 256;  // descriptors for everything that is no connection
constexpr long k_accept_poll_microseconds = 100'000;

// Many systems allow 1,024 descriptors until asked for more.
void allow_open_files(rlim_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);
}

// Poco's own sockets are inherited by whatever this process starts, which would keep port and connections open.
void keep_from_children(const Poco::Net::Socket& socket) { fcntl(socket.impl()->sockfd(), F_SETFD, FD_CLOEXEC); }

class Accepted : public Poco::Net::StreamSocket {
 public:
  explicit Accepted(int socket) : StreamSocket(new Poco::Net::StreamSocketImpl(socket)) {}
};

Poco::Net::StreamSocket accept_from(const Poco::Net::ServerSocket& listener, Poco::Net::SocketAddress& peer) {
  sockaddr_storage from{};
  socklen_t length = sizeof from;
  auto* address = reinterpret_cast<sockaddr*>(&from);
  const int socket = ::accept4(listener.impl()->sockfd(), address, &length, SOCK_CLOEXEC);
  if (socket < 0) throw Poco::Net::NetException("accept4", errno);
  Accepted accepted(socket);
  peer = Poco::Net::SocketAddress(address, length);
  return accepted;
}

}  // namespace

class HttpServer::Core {
 public:
  Core(ServerOptions options, Handler handler, Poco::Net::ServerSocket listener)
      : options_(std::move(options)),
        handler_(std::move(handler)),
        listener_(std::move(listener)),
        port_(listener_.address().port()),
        pool_(2, options_.max_connections + k_refusers + k_spare_threads, k_thread_idle_seconds, k_thread_stack_bytes),
        acceptor_([this] { accept_all(); }) {}

  ~Core() {
    stop();
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return connections_.empty(); });
    }
    pool_.joinAll();
  }

  uint16_t port() const { return port_; }
  bool stop();

 private:
  class Task;
  void accept_all();
  void accept_one();
  void finished(Connection* connection, const std::string& peer);

  const ServerOptions options_;
  const Handler handler_;
  Poco::Net::ServerSocket listener_;
  const uint16_t port_;
  std::atomic<bool> draining_ = false;
  BodyCounts bodies_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<Connection*> connections_;
  std::map<std::string, int> per_address_;
  Poco::ThreadPool pool_;
  std::thread acceptor_;
};

// Owns itself while it runs, and its socket until nobody can ask to cut it.
class HttpServer::Core::Task : public Poco::Runnable {
 public:
  Task(Core& core, Poco::Net::StreamSocket socket, std::string peer, bool is_refused)
      : core_(core),
        socket_(std::move(socket)),
        peer_(std::move(peer)),
        is_refused_(is_refused),
        connection_(socket_.impl()->sockfd(), peer_, core.options_, core.handler_, core.draining_, core.bodies_) {}

  ~Task() override { core_.finished(&connection_, peer_); }

  void run() override {
    const std::unique_ptr<Task> self(this);
    is_refused_ ? connection_.run_refusing({Code::too_busy}) : connection_.run();
  }

  Connection& connection() { return connection_; }

 private:
  Core& core_;
  Poco::Net::StreamSocket socket_;
  const std::string peer_;
  const bool is_refused_;
  Connection connection_;
};

void HttpServer::Core::accept_all() {
  while (!draining_) {
    try {
      if (listener_.poll(k_accept_poll_microseconds, Poco::Net::Socket::SELECT_READ)) accept_one();
    } catch (const std::exception&) {  // the other end left before it was accepted, or no descriptor is free
      std::this_thread::sleep_for(milliseconds(10));
    }
  }
}

void HttpServer::Core::accept_one() {
  Poco::Net::SocketAddress address;
  Poco::Net::StreamSocket socket = accept_from(listener_, address);
  socket.setNoDelay(true);
  const std::string peer = address.host().toString();
  std::unique_lock lock(mutex_);
  const int open = static_cast<int>(connections_.size());
  if (open >= options_.max_connections + k_refusers) return;
  int& of_address = per_address_[peer];
  const bool is_refused = open >= options_.max_connections ||
                          (of_address >= options_.max_connections_per_address && !address.host().isLoopback());
  auto task = std::make_unique<Task>(*this, std::move(socket), peer, is_refused);
  connections_.insert(&task->connection());
  ++of_address;
  lock.unlock();
  pool_.start(*task);  // throws when no thread can be made; the task then ends here
  task.release();
}

void HttpServer::Core::finished(Connection* connection, const std::string& peer) {
  const std::lock_guard lock(mutex_);
  connections_.erase(connection);
  if (--per_address_[peer] == 0) per_address_.erase(peer);
  changed_.notify_all();
}

bool HttpServer::Core::stop() {
  draining_ = true;
  if (acceptor_.joinable()) {
    acceptor_.join();
    listener_.close();
  }
  std::unique_lock lock(mutex_);
  for (Connection* connection : connections_) connection->cut_if_waiting();
  const auto is_empty = [this] { return connections_.empty(); };
  if (changed_.wait_for(lock, options_.drain_timeout, is_empty)) return true;
  for (Connection* connection : connections_) connection->cut();
  return false;
}

HttpServer::HttpServer(std::unique_ptr<Core> core) : core_(std::move(core)) {}
HttpServer::~HttpServer() = default;
uint16_t HttpServer::port() const { return core_->port(); }
bool HttpServer::stop() { return core_->stop(); }

Result<std::unique_ptr<HttpServer>> HttpServer::start(ServerOptions options, Handler handler) {
  const std::string address = options.address + ":" + std::to_string(options.port);
  try {
    Poco::Net::ServerSocket listener;
    listener.bind(Poco::Net::SocketAddress(options.address, options.port), true, false);  // never share the port
    keep_from_children(listener);
    listener.listen(k_backlog);
    allow_open_files(static_cast<rlim_t>(options.max_connections + k_refusers + k_other_files));
    auto core = std::make_unique<Core>(std::move(options), std::move(handler), std::move(listener));
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(core)));
  } catch (const Poco::Exception& e) {
    if (e.code() == EADDRINUSE) return refuse(Code::address_in_use, {{"address", address}});
    return refuse(Code::address_unusable, {{"address", address}, {"reason", e.displayText()}});
  }
}

}  // namespace sparkgate::api
