// Every workflow of this program, for whoever runs it or judges what it recorded.
#pragma once

#include "engine/registry.h"
#include "workflows/rules/packs.h"

namespace sparkgate::admin {

/// `packs` must outlive the registry.
void add_workflows(Registry& registry, const rules::Packs& packs);

}  // namespace sparkgate::admin
