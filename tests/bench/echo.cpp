// The yardstick of the benchmarks: a bare Poco HTTP server that parses a JSON body and writes it back. It promises
// nothing else. `echo PORT` serves on 127.0.0.1 until it is ended.
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/ThreadPool.h>
#include <signal.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

namespace {

constexpr int k_threads = 256;

class Echo : public Poco::Net::HTTPRequestHandler {
  void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override {
    std::string body;
    Poco::StreamCopier::copyToString(request.stream(), body);
    const std::string answer = nlohmann::json::parse(body, nullptr, false).dump();
    response.setContentType("application/json");
    response.setContentLength(static_cast<std::streamsize>(answer.size()));
    response.send().write(answer.data(), static_cast<std::streamsize>(answer.size()));
  }
};

class Factory : public Poco::Net::HTTPRequestHandlerFactory {
  Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override { return new Echo; }
};

}  // namespace

int main(int argc, char** argv) {
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  const Poco::Net::SocketAddress address("127.0.0.1", static_cast<Poco::UInt16>(argc > 1 ? atoi(argv[1]) : 8099));
  Poco::ThreadPool pool(16, k_threads);
  Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
  params->setMaxThreads(k_threads);
  params->setMaxQueued(1024);
  Poco::Net::HTTPServer server(new Factory, pool, Poco::Net::ServerSocket(address), params);
  server.start();
  int signal = 0;
  sigwait(&ending, &signal);
  server.stopAll(true);
}
