#include "workflows/field/outcomes.h"

#include <algorithm>

#include "workflows/field/provenance.h"

namespace sparkgate::field {

Outcomes::Outcomes(Engine& engine) : reader_(engine.read()), logs_(reader_->logs()) {}

Json Outcomes::of(const std::string& permit, const std::string& kid, const std::string& id) {
  Life& life = lives_[permit];
  if (!life.now) life = {reader_->instance(permit)->instance, reader_->entries(permit)};
  return told(life.entries.at(static_cast<size_t>(known(*life.now, kid, id)->seq)));
}

Json Outcomes::told(const journal::Entry& sealed) const {
  const auto entry = journal::read_entry(sealed);
  if (!entry) return Json::object();
  Json out = entry->facts.at("field");
  out.erase("device");
  out.erase("digest");
  if (const auto refused = entry->facts.find("refused"); refused != entry->facts.end()) {
    const Json more = entry->personal.is_object() ? entry->personal.at("refused") : Json::object();
    out.update(told_refusal(text_of(*refused, "code"), more.value("details", Json::object())));
  }
  const auto log = std::find_if(logs_.rbegin(), logs_.rend(),
                                [&](const StoredLog& one) { return one.first <= sealed.index; });
  out["receipt"] = {{"origin", entry->head.origin},
                    {"index", sealed.index - log->first},
                    {"leaf", hex(sealed.leaf)},
                    {"at", format_time(entry->head.at)}};
  return out;
}

}  // namespace sparkgate::field
