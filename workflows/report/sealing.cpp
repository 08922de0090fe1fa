#include "workflows/report/sealing.h"

#include <algorithm>
#include <set>

#include "workflows/report/events.h"

namespace sparkgate::report {
namespace {

// What was reported, as it is proven.
std::optional<Json> first_of(const Thread& thread, const std::vector<StoredItem>& items, const SigningKeys& officers) {
  if (items.empty()) return std::nullopt;
  int unproven = 0;
  auto said = thread.read({items.front()}, officers, unproven);
  if (said.empty() || said.front().direction != Direction::from_source) return std::nullopt;
  return std::move(said.front().content);
}

}  // namespace

bool Sealer::needs_fresh_secret(const StoredReport& report) const {
  return static_cast<uint64_t>(report.secret_epoch) < leaving_ && !state_row(report.state).is_ended;
}

bool Sealer::give_fresh_secret(IntakeWriter& writer, Opened& opened, const std::vector<StoredItem>& items,
                               const Json& first) {
  const auto source_key = from_base64(text_of(first, k_source_key));
  auto fresh = source_key ? opened.thread.under_fresh_secret(opened.report, items, *source_key, intake_.random)
                          : std::nullopt;
  if (!fresh) return false;
  opened.thread = std::move(fresh->thread);
  opened.report.secret_epoch = static_cast<int64_t>(access_.roster().epoch);
  writer.put(opened.report);
  for (const StoredItem& item : fresh->items) writer.reseal_item(item.report, item.sequence, item.key_sealed);
  for (const StoredWrap& wrap : writer.wraps_of_report(opened.report.id)) writer.remove_wrap(wrap.report, wrap.key_id);
  ++made_.rekeyed;
  return true;
}

void Sealer::seal(IntakeWriter& writer, Opened& opened) {
  const std::vector<StoredItem> items = writer.items(opened.report.id);
  const auto first = first_of(opened.thread, items, officers_);
  if (!first) return;
  std::set<std::string> had;
  for (const StoredWrap& wrap : writer.wraps_of_report(opened.report.id)) had.insert(wrap.key_id);
  const bool is_fresh = needs_fresh_secret(opened.report) && give_fresh_secret(writer, opened, items, *first);
  const Json left_out = first->value("without", Json::array());
  for (const RosterOfficer& reader : access_.readers()) {
    const bool is_left_out = std::find(left_out.begin(), left_out.end(), Json(reader.id)) != left_out.end();
    const bool could_read = had.contains(key_id_of(reader.reading_key));
    if (is_left_out || (could_read && !is_fresh)) continue;
    writer.put(wrap_for_reader(intake_.tenant, opened.report.id, opened.thread.secret(), reader.reading_key,
                               intake_.random));
    made_.sealed += could_read ? 0 : 1;
  }
}

}  // namespace sparkgate::report
