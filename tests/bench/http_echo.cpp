// The same echo on the service's own HTTP server, to see what its strictness costs. `http_echo PORT`.
#include <signal.h>

#include <cstdio>
#include <cstdlib>

#include "api/http_server.h"
#include "engine/base/json_value.h"

int main(int argc, char** argv) {
  using namespace sparkgate;
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  api::ServerOptions options;
  options.port = static_cast<uint16_t>(argc > 1 ? atoi(argv[1]) : 8098);
  const auto server = api::HttpServer::start(options, [](const api::Request& request) {
    api::Response response;
    response.body = Json::parse(request.body, nullptr, false).dump();
    return response;
  });
  if (!server) return fprintf(stderr, "%s\n", describe(server.error()).c_str()), 1;
  int signal = 0;
  sigwait(&ending, &signal);
}
