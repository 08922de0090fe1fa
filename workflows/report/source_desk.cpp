#include "workflows/report/source_desk.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "workflows/report/history.h"

namespace sparkgate::report {
namespace {

Result<std::vector<RosterOfficer>> readers_of(const Filing& filing, const Roster& roster, Time at) {
  std::vector<RosterOfficer> readers = valid_officers(roster, at);
  std::erase_if(readers, [&](const RosterOfficer& officer) {
    return std::find(filing.without.begin(), filing.without.end(), officer.id) != filing.without.end();
  });
  if (!readers.empty()) return readers;
  return invalid_report("所选人员之外已无受理人员，请向上级部门举报",
                 "nobody else would be left to read it; report it to a higher authority");
}

Result<void> has_room(IntakeReader& reader, const StoredReport& report) {
  const auto items = reader.items(report.id);
  const auto files = std::count_if(items.begin(), items.end(), [](const auto& item) { return !item.file.empty(); });
  if (static_cast<size_t>(files) < k_max_files) return {};
  return invalid_report("最多附 10 个文件", "ten files at most");
}

}  // namespace

Result<Receipt> SourceDesk::file(const Filing& filing) {
  if (auto good = check(filing); !good) return tl::make_unexpected(good.error());
  const auto roster = intake_.rosters.current();
  if (!roster) return tl::make_unexpected(roster.error());
  const auto readers = readers_of(filing, *roster, intake_.clock.wall());
  if (!readers) return tl::make_unexpected(readers.error());
  Receipt receipt{ReceiptCode::generate(intake_.random), ""};
  const SourceKeys keys = keys_of(receipt.code);
  StoredReport report;
  report.id = random_name(intake_.random);
  report.lookup = bytes_of(keys.lookup(intake_.pepper.view()));
  report.received = intake_.today();
  report.is_urgent = category_row(filing.category)->is_urgent;
  report.secret_epoch = static_cast<int64_t>(roster->epoch);
  const Thread thread = begin_thread(intake_.tenant, report, keys, intake_.random);
  Json first = to_json(filing);
  first[k_source_key] = base64(keys.reading().public_key());
  const auto item = thread.say_as_source(report, {"text", report.received, first}, intake_.random);
  if (!item) return invalid_report("文字过长", "a text is too long");
  Result<void> filed;
  intake_.store.write([&](IntakeWriter& writer) {
    if (filed = take_step(writer, report, "file", "source", intake_); !filed) return;
    writer.add(*item);
    for (const RosterOfficer& reader : *readers) {
      writer.put(wrap_for_reader(intake_.tenant, report.id, thread.secret(), reader.reading_key, intake_.random));
    }
  });
  if (!filed) return tl::make_unexpected(filed.error());
  receipt.check_by = check_back_by(report.received, intake_.works_on);
  return receipt;
}

Result<Opened> SourceDesk::open(IntakeReader& reader, const SourceKeys& keys) const {
  auto report = reader.report_by_lookup(bytes_of(keys.lookup(intake_.pepper.view())));
  auto secret = report ? secret_for_source(intake_.tenant, *report, keys) : std::nullopt;
  auto thread = secret ? Thread::open(intake_.tenant, *report, std::move(*secret)) : std::nullopt;
  if (!thread) return refuse(Code::receipt_unknown);
  return Opened{std::move(*report), std::move(*thread)};
}

Result<SourceView> SourceDesk::look(const SourceKeys& keys) {
  Result<SourceView> out;
  const SigningKeys officers = intake_.rosters.signing_keys();
  intake_.store.read([&](IntakeReader& reader) {
    const auto opened = open(reader, keys);
    if (!opened) return void(out = tl::make_unexpected(opened.error()));
    const StoredReport& report = opened->report;
    const History history = History::of(reader, report.id);
    int unproven = 0;
    out->said = opened->thread.read(reader.items(report.id), officers, unproven);
    std::erase_if(out->said, [](const Said& said) { return said.kind == "note"; });
    out->state = report.state;
    out->received = report.received;
    out->due = report.due;
    out->next = next_events(report, history, By::source);
    out->has_claimed = history.has("claim_reward");
  });
  return out;
}

bool SourceDesk::knows(const SourceKeys& keys) const {
  bool known = false;
  intake_.store.read([&](IntakeReader& reader) { known = open(reader, keys).has_value(); });
  return known;
}

Result<void> SourceDesk::act(const SourceKeys& keys, std::string_view event, const std::string& text) {
  Result<void> out;
  intake_.store.write([&](IntakeWriter& writer) {
    auto opened = open(writer, keys);
    if (!opened) return void(out = tl::make_unexpected(opened.error()));
    StoredReport& report = opened->report;
    const auto item = text.empty() ? std::nullopt
        : opened->thread.say_as_source(report, {"text", intake_.today(), {{"text", text}, {"type", event}}},
                                       intake_.random);
    if (!text.empty() && !item) return void(out = invalid_report("文字过长", "a text is too long"));
    out = take_step(writer, report, event, "source", intake_);
    if (out && item) writer.add(*item);
  });
  return out;
}

Result<SourceDesk::FileKey> SourceDesk::begin_file(const SourceKeys& keys) {
  Result<FileKey> out = refuse(Code::receipt_unknown);
  intake_.store.read([&](IntakeReader& reader) {
    const auto opened = open(reader, keys);
    if (!opened) return;
    const StoredReport& report = opened->report;
    if (!next_state(report, History::of(reader, report.id), "answer")) {
      return void(out = tl::make_unexpected(not_now(report, "answer")));
    }
    if (auto room = has_room(reader, report); !room) return void(out = tl::make_unexpected(room.error()));
    out = FileKey{SecretBytes::random(k_content_key_bytes, intake_.random), opened->thread.file_place(),
                  random_name(intake_.random)};
  });
  return out;
}

Result<void> SourceDesk::end_file(const SourceKeys& keys, const FileKey& file, const SentFile& sent) {
  Result<void> out;
  intake_.store.write([&](IntakeWriter& writer) {
    auto opened = open(writer, keys);
    if (!opened) return void(out = tl::make_unexpected(opened.error()));
    if (out = has_room(writer, opened->report); !out) return;  // others may have come meanwhile
    Thread::Words words{"file", intake_.today(),
                        {{"bytes", sent.bytes},
                         {"content_type", sent.content_type},
                         {"key", base64(file.key.view())},
                         {"kind", sent.kind},
                         {"name", sent.file_name},
                         {"sealed", hex(sent.sealed)},
                         {"type", "file"}},
                        file.name};
    const auto item = opened->thread.say_as_source(opened->report, words, intake_.random);
    if (!item) return void(out = invalid_report("文件名过长", "the file's name is too long"));
    out = take_step(writer, opened->report, "answer", "source", intake_);
    if (out) writer.add(*item);
  });
  return out;
}

}  // namespace sparkgate::report
