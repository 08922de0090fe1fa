// `sparkgate witness`: cosigns the logs of others, from start to drain.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace sparkgate::admin {

struct WitnessOptions {
  std::string address = "127.0.0.1";
  int port = 8081;
  std::string data = "./witness";
  std::string key;                // file, made at the first start, or "pkcs11:…"
  std::string name;               // of the key
  std::vector<std::string> logs;  // verifier keys
};

/// Serves until SIGTERM or SIGINT; returns the exit code.
int witness(const WitnessOptions& options, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
