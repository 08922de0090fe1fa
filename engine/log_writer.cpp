#include "engine/log_writer.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "engine/log_check.h"

namespace sparkgate {
namespace {

constexpr int64_t k_leaves_at_once = 65536;

StoredLog new_log(int64_t number, const std::string& origin, int64_t first) {
  return {number, origin, first, 0, sha256(""), ""};
}

void append_all(Writer& writer, StoredLog& log, journal::RightEdge& edge, const std::vector<Digest>& leaves) {
  std::vector<journal::FullTile> completed;
  for (const Digest& leaf : leaves) edge.append(leaf, completed);
  for (const journal::FullTile& tile : completed) writer.put_tile(log.number, tile);
  log.size = edge.size();
  log.root = edge.root();
}

// Whatever kept the signature from being made, entries cannot be acknowledged: one code for it.
Refusal as_signing_failure(Refusal refusal) {
  if (refusal.code == Code::signing_failed) return refusal;
  const Text title = title_of(refusal);
  return {Code::signing_failed, {{"reason", bilingual(title.zh, title.en)}}, {}};
}

std::string words_of(const std::optional<journal::HighWater>& high_water) {
  const bool is_marked = high_water && high_water->mark();
  return (is_marked ? "signed up to " + std::to_string(high_water->mark()->size) : "no high-water mark") +
         std::string(high_water && high_water->is_torn() ? " (a slot of the mark is torn)" : "");
}

journal::Checkpoint checkpoint_of(const StoredLog& log) { return {log.origin, log.size, log.root}; }

}  // namespace

LogWriter::LogWriter(Writer& writer, const Clock& clock, LogOptions options)
    : writer_(writer),
      options_(std::move(options)),
      checkpoints_(clock,
                   [this] {
                     if (high_water_) high_water_->sync();
                   }),
      held_(options_.held) {
  open();
  auto checked = open_mark();
  const std::string mark = words_of(high_water_);
  if (checked) checked = check();
  obstruct(checked ? std::nullopt : std::optional(checked.error()));
  options_.report("log " + log_.origin + ": " + std::to_string(log_.size) + " entries, " + mark +
                  (checked ? "" : "; entries are refused: " + describe(checked.error())));
}

void LogWriter::open() {
  auto logs = writer_.logs();
  if (logs.empty()) {
    logs.push_back(new_log(0, options_.origin, 0));
    writer_.begin();
    writer_.put_log(logs.back());
    writer_.commit();
  }
  log_ = std::move(logs.back());
  logs.pop_back();
  closed_ = std::move(logs);
}

Result<void> LogWriter::open_mark() {
  if (options_.high_water.empty()) return {};
  auto opened = journal::HighWater::open(options_.high_water);
  if (!opened) return tl::make_unexpected(opened.error());
  high_water_.emplace(std::move(*opened));
  return {};
}

void LogWriter::grow(int64_t entries) {
  journal::RightEdge edge;
  writer_.begin();
  for (int64_t from = log_.first; from < entries; from += k_leaves_at_once) {
    append_all(writer_, log_, edge, writer_.leaves(from, std::min(from + k_leaves_at_once, entries)));
  }
  writer_.put_log(log_);
  writer_.commit();
}

Result<void> LogWriter::check() {
  const int64_t entries = writer_.tail().entries;
  if (log_.size == 0 && entries > log_.first) grow(entries);
  auto edge = load_right_edge(writer_, log_);
  if (!edge) return tl::make_unexpected(edge.error());
  edge_ = std::move(*edge);
  if (auto good = check_entries(writer_, log_, entries); !good) return good;
  if (high_water_ && high_water_->mark()) {
    auto logs = closed_;
    logs.push_back(log_);
    if (auto good = check_mark(writer_, logs, *high_water_->mark()); !good) return good;
  }
  if (auto sealed = seal(); !sealed) return sealed;
  return test_signer();
}

// A known answer for the key: its signature verifies, and not under another text.
Result<void> LogWriter::test_signer() {
  const SignedPtr latest = checkpoints_.latest();
  if (!latest) return {};
  std::string altered = latest->note;
  altered[log_.origin.size() + 1] ^= 1;  // the size's first digit
  if (options_.signer.verify(latest->note) && !options_.signer.verify(altered)) return {};
  checkpoints_.set_latest(nullptr);
  return refuse(Code::signing_failed, {{"reason", bilingual("密钥未通过自检", "the key does not pass its test")}});
}

void LogWriter::obstruct(std::optional<Refusal> obstacle) {
  obstacle_ = std::move(obstacle);
  checkpoints_.set_obstacle(hindrance());
}

void LogWriter::hold(Refusal why) {
  held_ = std::move(why);
  checkpoints_.set_obstacle(hindrance());
}

void LogWriter::release() {
  held_.reset();
  checkpoints_.set_obstacle(hindrance());
}

Result<void> LogWriter::able() const {
  if (hindrance() && !successor_) return tl::make_unexpected(*hindrance());
  return {};
}

// First the mark, then the signature: what was signed is never more than what the mark says.
Result<void> LogWriter::seal() {
  const SignedPtr latest = checkpoints_.latest();
  auto checkpoint = checkpoint_of(log_);
  if (latest && latest->checkpoint == checkpoint) return {};
  if (high_water_) {
    auto marked = high_water_->write({sha256(log_.origin), log_.size, log_.root});
    if (!marked) return tl::make_unexpected(as_signing_failure(std::move(marked.error())));
  }
  if (!signs()) return {};
  auto note = options_.signer.sign(journal::checkpoint_text(checkpoint));
  if (!note) return tl::make_unexpected(as_signing_failure(std::move(note.error())));
  checkpoints_.set_latest(
      std::make_shared<SignedCheckpoint>(SignedCheckpoint{std::move(checkpoint), std::move(*note)}));
  return {};
}

void LogWriter::retry() {
  if (!obstacle_ || obstacle_->code != Code::signing_failed) return;
  auto sealed = seal();
  if (sealed) sealed = test_signer();
  obstruct(sealed ? std::nullopt : std::optional(sealed.error()));
}

void LogWriter::place(Receipt& receipt) const {
  const StoredLog& now = current();
  const bool is_closed = receipt.entry < now.first;
  const StoredLog& log = is_closed ? log_of(closed_, receipt.entry) : now;
  receipt.origin = log.origin;
  receipt.index = receipt.entry - log.first;
  receipt.checkpoint = is_closed ? log.checkpoint : "";
}

// The tree as it stands is signed once more where it is what was signed before, as far as can be told: a backup is a
// part of the log that went on. Otherwise the last checkpoint stays that the store knows.
std::string LogWriter::closing_checkpoint() {
  if (const SignedPtr latest = checkpoints_.latest(); latest && !obstacle_) return latest->note;
  if (!signs() || !high_water_ || !high_water_->mark()) return log_.checkpoint;
  const journal::Mark& mark = *high_water_->mark();
  if (mark.origin == sha256(log_.origin) && mark.size < log_.size) return log_.checkpoint;
  const auto known = journal::parse_checkpoint(log_.checkpoint.substr(0, log_.checkpoint.find("\n\n") + 1));
  if (known && (known->size > log_.size || LogReader(writer_, log_).root(known->size) != known->root)) {
    return log_.checkpoint;
  }
  return options_.signer.sign(journal::checkpoint_text(checkpoint_of(log_))).value_or(log_.checkpoint);
}

Result<Continuation> LogWriter::continue_as(const std::string& origin) {
  if (obstacle_ && obstacle_->code == Code::log_broken) return tl::make_unexpected(*obstacle_);
  if (!leaves_.empty() || successor_) return refuse(Code::too_busy);
  const auto is_same = [&](const StoredLog& log) { return log.origin == origin; };
  if (is_same(log_) || std::any_of(closed_.begin(), closed_.end(), is_same)) {
    return refuse(Code::origin_known, {{"origin", origin}});
  }
  closing_ = log_;
  closing_.checkpoint = closing_checkpoint();
  successor_ = new_log(log_.number + 1, origin, log_.first + static_cast<int64_t>(log_.size));
  writer_.put_log(closing_);
  return Continuation{closing_.origin, closing_.checkpoint, high_water_ ? high_water_->mark() : std::nullopt};
}

void LogWriter::begin_command() {
  kept_leaves_ = leaves_.size();
  kept_successor_ = successor_.has_value();
}

void LogWriter::drop_command() {
  leaves_.resize(kept_leaves_);
  if (!kept_successor_) successor_.reset();
}

void LogWriter::write() {
  if (leaves_.empty() && !successor_) return;
  next_log_ = current();
  next_edge_ = successor_ ? journal::RightEdge() : edge_;
  append_all(writer_, next_log_, next_edge_, leaves_);
  const SignedPtr latest = checkpoints_.latest();
  if (latest && !successor_) next_log_.checkpoint = latest->note;
  writer_.put_log(next_log_);
}

void LogWriter::keep_batch() {
  if (leaves_.empty() && !successor_) return;
  if (successor_) {
    closed_.push_back(std::move(closing_));
    held_.reset();
    obstruct(std::nullopt);
  }
  log_ = std::move(next_log_);
  edge_ = std::move(next_edge_);
  drop_batch();
  if (auto sealed = seal(); !sealed) obstruct(sealed.error());
}

void LogWriter::drop_batch() {
  leaves_.clear();
  successor_.reset();
  kept_leaves_ = 0;
  kept_successor_ = false;
}

}  // namespace sparkgate
