#include "admin/log_keeper.h"

#include "engine/base/codes.h"
#include "admin/desk.h"
#include "engine/heads.h"
#include "workflows/log/workflow.h"

namespace sparkgate::admin {
namespace {

constexpr auto k_heads_every = hours(1);

Command to_log(std::string instance, std::string event, Json payload) {
  return by_system("log", std::move(instance), std::move(event), std::move(payload));
}

Json json_of(const Continuation& before) {
  Json out = {{"origin", before.origin}, {"checkpoint", before.checkpoint}};
  if (before.high_water) {
    out["high_water"] = {{"origin_hash", hex(before.high_water->origin)},
                         {"size", before.high_water->size},
                         {"root", hex(before.high_water->root)}};
  }
  return out;
}

// At once when there are none: without any, nobody can show that a bundle lacks nothing. Later when an hour has passed
// and the log tells of more than the heads themselves.
bool are_heads_due(const Instance& log, const StoredLog& stored, Time now) {
  const auto heads = log.data.find("heads");
  if (heads == log.data.end()) return true;
  const Time since = parse_time(text_of(*heads, "at")).value_or(log.at);
  return now >= since + k_heads_every && stored.size > heads->value("at_size", uint64_t{0}) + 1;
}

struct RunningLog {
  std::string origin;
  InstancePtr instance;  // null until it is opened
};

RunningLog running_log(Engine& engine) {
  auto reader = engine.read();
  const std::string origin = reader->logs().back().origin;
  return {origin, log::log_instance(ReaderView(*reader), origin)};
}

}  // namespace

Result<void> open_log(Engine& engine, const VkeysOf& vkeys) {
  if (engine.log_obstacle()) return {};
  auto [origin, log] = running_log(engine);
  if (log) {
    if (!log->data.value("keys", Json::array()).empty()) return {};
    for (const std::string& vkey : vkeys(origin)) {
      if (auto told = tell_log(engine, "add_key", {{"key", vkey}}); !told) return tl::make_unexpected(told.error());
    }
    return {};
  }
  const auto opened = engine.execute(to_log("", "open", {{"origin", origin}, {"keys", vkeys(origin)}}));
  if (!opened) return tl::make_unexpected(opened.error());
  const auto recorded = record_heads(engine);
  return recorded ? Result<void>() : tl::make_unexpected(recorded.error());
}

Result<Receipt> continue_log(Engine& engine, const std::string& origin, const VkeysOf& vkeys) {
  return engine.continue_log(origin, [&](const Continuation& before) {
    return to_log("", "open", {{"origin", origin}, {"keys", vkeys(origin)}, {"continues", json_of(before)}});
  });
}

Result<Receipt> tell_log(Engine& engine, const std::string& event, Json payload) {
  const auto [origin, log] = running_log(engine);
  if (!log) return refuse(Code::not_found);
  return engine.execute(to_log(log->id, event, std::move(payload)));
}

Result<bool> record_heads(Engine& engine) {
  Command command;
  {
    auto reader = engine.read();
    const StoredLog stored = reader->logs().back();
    const InstancePtr log = log::log_instance(ReaderView(*reader), stored.origin);
    if (!log || !are_heads_due(*log, stored, engine.clock().wall())) return false;
    const HeadsTree tree = HeadsTree::read(*reader, stored, stored.size);
    command = to_log(log->id, "record_heads",
                     {{"at_size", tree.at_size()}, {"slots", tree.slots()}, {"root", hex(tree.root())}});
  }
  const auto recorded = engine.execute(command);
  if (!recorded) return tl::make_unexpected(recorded.error());
  return true;
}

Result<void> keep_log(Engine& engine, const VkeysOf& vkeys) {
  if (auto opened = open_log(engine, vkeys); !opened) return opened;
  const auto recorded = record_heads(engine);
  return recorded ? Result<void>() : tl::make_unexpected(recorded.error());
}

}  // namespace sparkgate::admin
