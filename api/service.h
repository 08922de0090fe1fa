// What the routes work on: built once, shared by all handler threads.
#pragma once

#include <atomic>
#include <filesystem>

#include "api/assets.h"
#include "api/attempts.h"
#include "api/live/broadcast.h"
#include "api/live/seats.h"
#include "api/next.h"
#include "api/office.h"
#include "api/out/anchoring.h"
#include "api/photos/photos.h"
#include "api/sessions.h"
#include "engine/engine.h"
#include "workflows/evidence/heads_shelf.h"
#include "workflows/field/marks.h"
#include "workflows/rules/packs.h"
#include "workflows/signing/signature.h"

namespace sparkgate::report {
struct Intake;
}

namespace sparkgate::api {

struct ReportCounter;

/// Where log lines go: one line a call, without its end. Nothing of a request's body or credentials is ever logged.
using Log = std::function<void(const std::string& line)>;

/// Below that much free space nothing large is taken, and the service is not ready.
inline constexpr uintmax_t k_least_free_bytes = 64ull << 20;

struct Service {
  struct Options {
    std::filesystem::path data;  // watched for free space
    std::string version;
    Log log;
    /// Verifier keys of the log of that origin, a line each; "" where nothing is signed.
    std::function<std::vector<std::string>(const std::string& origin)> log_vkeys = [](const std::string&) {
      return std::vector<std::string>();
    };
    AssertionPolicy passkeys = {}; // where passkeys may be used
    const Assets* console = nullptr;  // nothing: the service has none
    Office* office = nullptr;         // nothing: no packs are taken in, no backups made here
    report::Intake* intake = nullptr; // nothing: no public reports are taken
  };
  Service(Engine& engine, const rules::Packs& packs, Anchoring& anchoring, Options options);
  ~Service();

  Engine& engine;
  const rules::Packs& packs;
  Anchoring& anchoring;
  const Options options;
  Sessions sessions;
  Attempts attempts;
  const Next next;
  const std::string openapi;  // JSON
  evidence::HeadsShelf heads;
  field::Marks marks;
  Photos photos;
  const Broadcast broadcast;
  Seats seats;
  const std::unique_ptr<ReportCounter> reports;  // null without Options::intake
  std::atomic<bool> draining = false;
};

}  // namespace sparkgate::api
