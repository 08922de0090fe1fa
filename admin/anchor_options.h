// Command line options of whoever serves a log: its witnesses and timestamp authorities.
#pragma once

#include <CLI/CLI.hpp>

#include "api/out/anchoring.h"

namespace sparkgate::admin {

struct AnchorOptions {
  std::vector<std::string> witnesses;  // "VKEY URL"
  size_t needed = 0;                   // 0: more than half of them
  std::string policy = "advise";       // or "require"
  int64_t limit_seconds = 300;
  std::vector<std::string> authorities;  // URLs
  std::string authority_ca;              // file
  bool plain_http = false;
};

void add_anchor_options(CLI::App& command, AnchorOptions& options);

/// Reads keys and files. Refuses key_invalid, url_invalid, file_unreadable and option_invalid.
Result<api::Anchoring::Options> anchoring_options(const AnchorOptions& options);

}  // namespace sparkgate::admin
