// The interface as one function from Request to Response. Sockets, or their absence, are somebody else's matter.
#pragma once

#include "api/http_server.h"
#include "api/service.h"

namespace sparkgate::api {

class Api {
 public:
  Api(Engine& engine, const rules::Packs& packs, Anchoring& anchoring, Service::Options options)
      : service_(engine, packs, anchoring, std::move(options)) {}

  /// Any thread. Never throws.
  Response handle(const Request& request);

  /// Tells a server which bodies may be large, and lets it turn away those that need not be read.
  void prepare(ServerOptions& options);

  Photos& photos() { return service_.photos; }

  /// From here on /readyz says no, so that whoever routes requests looks elsewhere.
  void drain() { service_.draining = true; }

 private:
  Service service_;
};

}  // namespace sparkgate::api
