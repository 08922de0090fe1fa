// `sparkgate log …`: its keys change, or another log continues it. While the service is stopped.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace sparkgate::admin {

struct LogOptions {
  std::string data = "./data";
  std::vector<std::string> log_keys;  // as for serve
  std::string high_water;             // as for serve
  std::string origin;                 // continue: of the next log
  bool new_key = false;               // continue: with a key made now, and no other
  std::string key;                    // add-key: file or PKCS#11 URI, "": made now; retire-key: its verifier key
  bool sm2 = false;                   // add-key: an SM2 key is made
};

/// The way on after a data directory was restored from an old backup, or all keys were lost: closes the log and opens
/// the next one; says what was lost and which keys check it. Returns the exit code, as the others.
int log_continue(const LogOptions& options, std::ostream& out, std::ostream& err);

/// From now on the key signs beside those in force. Whoever signed so far vouches for it: the checkpoint that covers
/// this entry bears their signatures.
int log_add_key(const LogOptions& options, std::ostream& out, std::ostream& err);

/// The key, which may be lost, signs no more.
int log_retire_key(const LogOptions& options, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
