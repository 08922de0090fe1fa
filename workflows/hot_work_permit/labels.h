// What a reader of a permit needs beside its facts: names for the codes in it, and what falls due.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/pack.h"

namespace sparkgate::permit {

/// Names by code, texts in both languages: {unit, owner_unit, areas, grade, method, pack, measures, steps,
/// upgrade_reasons, machines, causes}. `pack`: null when it is gone, and what it would say is left out.
Json labels_of(const Instance& permit, const rules::Pack* pack, const View& view);

/// What comes by itself or by the clock, soonest first: [{name, at, event, title}]; `event`: what the system does then,
/// null when nothing. What has passed already is left out, but for the timers that wait.
Json due_of(const Instance& permit, const rules::Pack* pack);

/// When the permit waits for somebody or something next; nothing once it has ended.
std::optional<Time> due_time(const Instance& permit);

/// The free text it is found by: number, work, address, names of both units.
std::string words_of(const Instance& permit, const View& view);

}  // namespace sparkgate::permit
