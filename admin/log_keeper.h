// What keeps the log's own instance: opens it, records its heads every hour, and lets another log continue it.
#pragma once

#include "engine/engine.h"

namespace sparkgate::admin {

/// Verifier keys of those that sign, under that origin.
using VkeysOf = std::function<std::vector<std::string>(const std::string& origin)>;

/// Opens the instance of the running log with its keys and records its first heads, unless it is open or the log takes
/// no entries. A log that was open and never signed tells of its keys now.
Result<void> open_log(Engine& engine, const VkeysOf& vkeys);

/// Closes the running log and opens the one of that origin. Refuses as Engine::continue_log.
Result<Receipt> continue_log(Engine& engine, const std::string& origin, const VkeysOf& vkeys);

/// An event of the running log's own instance. Refuses as the workflow `log`.
Result<Receipt> tell_log(Engine& engine, const std::string& event, Json payload);

/// Records the heads when there are none, or an hour has passed since they were recorded last and something else was
/// recorded meanwhile. The tree is made from a reader's view, away from the writer. True when it recorded them.
Result<bool> record_heads(Engine& engine);

/// Both: the log is opened where that had to wait, and its heads are recorded when they are due.
Result<void> keep_log(Engine& engine, const VkeysOf& vkeys);

}  // namespace sparkgate::admin
