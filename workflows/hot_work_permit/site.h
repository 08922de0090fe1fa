// What is known of the place: the watch, the gas test, measures and briefing, and the server's countdown.
#pragma once

#include <optional>

#include "engine/workflow.h"
#include "workflows/rules/pack.h"

namespace sparkgate::permit {

bool is_watch_on_site(const Instance& permit);

/// When the watch after work may end; nothing when it is not running (before the work ends, or nobody watches).
std::optional<Time> watch_ends(const Instance& permit);

/// When the last gas test stops counting; nothing when none is needed.
std::optional<Time> gas_due(const Instance& permit);

/// The facts `site` of the vocabulary at that instant.
Json site_facts(const Instance& permit, const rules::Pack& pack, Time at);

}  // namespace sparkgate::permit
