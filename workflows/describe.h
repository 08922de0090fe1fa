// What the tables of events of all workflows have in common.
#pragma once

#include "engine/workflow.h"

namespace sparkgate {

/// Named and worded, with the schema of its payload out of `schemas`: {definitions, events: {name: schema}}.
EventSpec described_event(const char* name, const char* zh, const char* en, const Json& schemas);

}  // namespace sparkgate
