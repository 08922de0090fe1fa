// Every workflow of this program, for whoever runs it or judges what it recorded.
#pragma once

#include "engine/registry.h"
#include "workflows/rules/packs.h"

namespace sparkgate::admin {

/// `packs` must outlive the registry. `enrollers`: people who must endorse a signing key, 1 or 2.
void add_workflows(Registry& registry, const rules::Packs& packs, size_t enrollers = 1);

}  // namespace sparkgate::admin
