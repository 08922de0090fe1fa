#include "api/out/anchor_store.h"

#include "engine/base/codes.h"
#include "engine/log_reader.h"

namespace sparkgate::api {
namespace {

constexpr auto k_kept_whole = hours(24);
constexpr auto k_thinned_at_once = hours(48);  // older ones were thinned before

// Reads from a reader of the pool; the log that takes entries now is the last one.
template <class Read>
auto reading(Engine& engine, const Read& read) -> decltype(read(std::declval<Reader&>(), std::declval<StoredLog>())) {
  try {
    const auto reader = engine.read();
    return read(*reader, reader->logs().back());
  } catch (const StoreError& failed) {
    return tl::make_unexpected(failed.refusal());
  }
}

int64_t number_of(Reader& reader, const journal::Checkpoint& checkpoint) {
  for (const StoredLog& log : reader.logs()) {
    if (log.origin == checkpoint.origin) return log.number;
  }
  throw StoreError(Code::store_failed, "no log " + checkpoint.origin);
}

}  // namespace

Result<journal::Proof> AnchorStore::growth(const journal::Checkpoint& to, uint64_t from) {
  if (from == 0 || from == to.size) return journal::Proof();
  return reading(
      engine_, [&](Reader& reader, const StoredLog& log) { return LogReader(reader, log).consistency(from, to.size); });
}

Result<Digest> AnchorStore::root(uint64_t size) {
  return reading(engine_, [&](Reader& reader, const StoredLog& log) { return LogReader(reader, log).root(size); });
}

Result<std::string> AnchorStore::keep(const SignedCheckpoint& checkpoint) {
  std::string kept;
  auto written = engine_.write([&](Writer& writer) {
    const int64_t log = number_of(writer, checkpoint.checkpoint);
    writer.put_checkpoint(log, checkpoint.checkpoint.size, checkpoint.note);
    kept = writer.anchored(log, checkpoint.checkpoint.size)->note;
  });
  if (!written) return tl::make_unexpected(written.error());
  return kept;
}

Result<void> AnchorStore::keep(const SignedCheckpoint& checkpoint, const Anchor& anchor) {
  return engine_.write([&](Writer& writer) {
    const int64_t log = number_of(writer, checkpoint.checkpoint);
    writer.put_checkpoint(log, checkpoint.checkpoint.size, checkpoint.note);
    writer.put_anchor(log, checkpoint.checkpoint.size, anchor);
  });
}

Result<std::optional<Anchored>> AnchorStore::at(uint64_t size) {
  return reading(engine_, [&](Reader& reader, const StoredLog& log) -> Result<std::optional<Anchored>> {
    return reader.anchored(log.number, size);
  });
}

Result<std::optional<Anchored>> AnchorStore::last(std::string_view kind, std::string_view name) {
  return reading(engine_, [&](Reader& reader, const StoredLog& log) -> Result<std::optional<Anchored>> {
    return reader.last_anchored(log.number, kind, name);
  });
}

Result<std::optional<Anchored>> AnchorStore::cosigned(const std::vector<std::string>& names, size_t count,
                                                      uint64_t least) {
  return reading(engine_, [&](Reader& reader, const StoredLog& log) -> Result<std::optional<Anchored>> {
    return reader.anchored_by(log.number, k_cosignature, names, count, least);
  });
}

Result<void> AnchorStore::thin() {
  const Time until = engine_.clock().wall() - k_kept_whole;
  return engine_.write(
      [&](Writer& writer) { writer.thin_anchors(k_cosignature, until - k_thinned_at_once, until, hours(1)); });
}

std::string cosigned_note(const Anchored& anchored) {
  std::string note = anchored.note;
  for (const Anchor& anchor : anchored.anchors) {
    if (anchor.kind == k_cosignature) note += anchor.bytes;
  }
  return note;
}

}  // namespace sparkgate::api
