#include "admin/stored_packs.h"

namespace sparkgate::admin {
namespace {

constexpr std::string_view k_offered = "rule_pack", k_uploaded = "uploaded_pack";  // kinds of documents

Result<void> put(rules::Packs& packs, std::string_view kind, const std::string& digest, const std::string& text) {
  const std::string file = "(" + digest + ")";
  auto pack = rules::Pack::load(file, text);
  if (!pack) return tl::make_unexpected(pack.error());
  return kind == k_offered ? packs.add(file, std::move(*pack)) : packs.keep(file, std::move(*pack));
}

Result<void> put_stored(rules::Packs& packs, Reader& stored, bool skip_unreadable) {
  for (const std::string_view kind : {k_offered, k_uploaded}) {
    for (const auto& [digest, text] : stored.documents(kind)) {
      const bool is_known = kind == k_offered && packs.by_digest(digest);
      if (is_known) continue;
      if (auto added = put(packs, kind, digest, text); !added && !skip_unreadable) return added;
    }
  }
  return {};
}

}  // namespace

Result<rules::Packs> load_packs(const std::filesystem::path& folder, Reader& stored) {
  auto packs = rules::Packs::embedded();
  if (!packs) return packs;
  if (!folder.empty()) {
    if (auto added = packs->add_folder(folder); !added) return tl::make_unexpected(added.error());
  }
  if (auto added = put_stored(*packs, stored, false); !added) return tl::make_unexpected(added.error());
  return packs;
}

Result<rules::Packs> readable_packs(Reader& stored) {
  auto packs = rules::Packs::embedded();
  if (packs) (void)put_stored(*packs, stored, true);
  return packs;
}

Result<void> keep_packs(const rules::Packs& packs, Engine& engine) {
  return engine.write([&](Writer& writer) {
    for (const rules::Pack* pack : packs.list()) {
      writer.put_document(k_offered, pack->ref().digest, canonical(pack->json()));
    }
  });
}

// Stored first: what an entry names is there before the entry.
Result<const rules::Pack*> take_pack(std::string_view json, rules::Packs& packs, Engine& engine) {
  auto pack = rules::Pack::load("upload", json);
  if (!pack) return tl::make_unexpected(pack.error());
  const std::string digest = pack->ref().digest, text = canonical(pack->json());
  if (auto kept = packs.keep("upload", std::move(*pack)); !kept) return tl::make_unexpected(kept.error());
  const auto stored = engine.write([&](Writer& writer) { writer.put_document(k_uploaded, digest, text); });
  if (!stored) return tl::make_unexpected(stored.error());
  return packs.by_digest(digest);
}

}  // namespace sparkgate::admin
