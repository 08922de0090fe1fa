// `sparkgate serve`: the service with its socket, from start to drain.
#pragma once

#include <ostream>
#include <string>

#include "admin/anchor_options.h"

namespace sparkgate::admin {

struct ServeOptions {
  std::string address = "127.0.0.1";
  int port = 8080;
  std::string data = "./data";
  std::string packs;  // folder of local rule packs
  std::string backups;  // folder that backups are made in
  std::string origin = "sparkgate.local";
  std::vector<std::string> log_keys;  // key files or PKCS#11 URIs; none: data/keys/log*.pem
  std::string high_water;             // file of the mark; "": data/high_water
  AnchorOptions anchors;
  size_t commit_batch = 256;  // 1: each command in a transaction of its own (to measure what grouping gives)
  size_t enrollers = 1;              // people who must endorse a signing key
  std::string rp_id;                 // WebAuthn's relying party; "": no passkeys
  std::vector<std::string> web_origins;
  std::string clamd;          // Unix socket of the scanner for files of reports; "": they are not scanned
  bool demo = true;           // when the data directory is empty
  std::string demo_password;
};

/// Serves until SIGTERM or SIGINT, then says unready, lets running requests finish and returns the exit code.
int serve(const ServeOptions& options, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
