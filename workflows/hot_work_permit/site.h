// What is known of the place: the watch, the gas test, measures and briefing, and the server's countdown.
#pragma once

#include <optional>

#include "engine/workflow.h"
#include "workflows/rules/pack.h"

namespace sparkgate::permit {

bool is_watch_on_site(const Instance& permit);

/// When the watch after work, with the monitoring behind it, may end as far as is known; nothing when it is not running
/// (before the work ends, or nobody watches).
std::optional<Time> watch_ends(const Instance& permit);
/// The watch's minutes are over, and the place is looked after in rounds.
bool is_monitoring(const Instance& permit);

/// From when on the next round's interval counts: the latest of the last round and what else began the watch's duty.
std::optional<Time> round_base(const Instance& permit);

/// The end of the last day that the permit was validated for by then; nothing before work began.
std::optional<Time> valid_until(const Instance& permit, const rules::Zone& zone, Time known_at = Time::max());

/// The permit as it will be once the watch to whom it is handed has taken over.
Instance with_next_watch(const Instance& permit);

/// When the last gas test stops counting; nothing when none is needed.
std::optional<Time> gas_due(const Instance& permit);

/// The facts `site.gas` of the vocabulary at that instant, were the gas as given: {readings, sampled_at,
/// oxygen_percent?}. Of its instrument RegisterView tells.
Json gas_facts(const Instance& permit, const Json& gas, const rules::Pack& pack, Time at);

/// The facts `site` of the vocabulary at that instant.
Json site_facts(const Instance& permit, const rules::Pack& pack, Time at);

}  // namespace sparkgate::permit
