// Rule packs in the store: every version that was offered here or uploaded, by digest. None is ever deleted.
#pragma once

#include "engine/engine.h"
#include "workflows/rules/packs.h"

namespace sparkgate::admin {

/// What is built in, what the office's folder adds ("": none), and all that the store keeps; of that uploads are known
/// by their digest alone. Refuses as Packs::add_folder.
Result<rules::Packs> load_packs(const std::filesystem::path& folder, Reader& stored);

/// What is built in, and of the store whatever can still be read: for those who check a store, or a copy of one.
Result<rules::Packs> readable_packs(Reader& stored);

/// Stores those offered.
Result<void> keep_packs(const rules::Packs& packs, Engine& engine);

/// Compiles an uploaded one and stores it, then knows it by its digest. Refuses pack_broken.
Result<const rules::Pack*> take_pack(std::string_view json, rules::Packs& packs, Engine& engine);

}  // namespace sparkgate::admin
