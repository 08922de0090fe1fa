#include "api/out/anchoring.h"

#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr auto k_look_every = seconds(1);
constexpr auto k_choose_every = seconds(10);  // a checkpoint to send
constexpr auto k_thin_every = hours(1);

std::vector<std::string> ids_of(const std::vector<WitnessAddress>& witnesses) {
  std::vector<std::string> ids;
  for (const WitnessAddress& witness : witnesses) ids.push_back(witness.id());
  return ids;
}

}  // namespace

std::string_view name_of(AnchorState state) {
  static constexpr std::string_view k_names[] = {"waiting", "ok", "unreachable", "refused"};
  return k_names[static_cast<size_t>(state)];
}

std::string_view name_of(Anchoring::Verdict verdict) {
  static constexpr std::string_view k_names[] = {"met", "waiting", "unmet"};
  return k_names[static_cast<size_t>(verdict)];
}

Anchoring::Anchoring(Engine& engine, Options options)
    : engine_(engine),
      options_(std::move(options)),
      clock_(engine.clock()),
      store_(engine),
      witness_ids_(ids_of(options_.witnesses)),
      is_held_(!options_.witnesses.empty()) {
  for (const WitnessAddress& witness : options_.witnesses) witnesses_.emplace_back(witness);
  for (const std::string& url : options_.authorities) authorities_.emplace_back(url, options_.authority_ca_pem);
  report_.policy = options_.policy;
  for (const WitnessLink& link : witnesses_) report_.witnesses.push_back(link.view());
  for (const TimestampLink& link : authorities_) report_.authorities.push_back(link.view());
  if (options_.policy.required) (void)engine_.admit_only([this] { return may_write(); });
}

std::optional<Refusal> Anchoring::hold(const Options& options) {
  if (options.witnesses.empty()) return std::nullopt;
  return Refusal{Code::witnesses_unasked, Json::object(), {}};
}

void Anchoring::ask() {
  if (choose()) visit_witnesses();
  release(true);
}

void Anchoring::start() {
  if (witnesses_.empty() && authorities_.empty()) return;
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!is_over_) {
      lock.unlock();
      step();
      lock.lock();
      woken_.wait_for(lock, k_look_every, [this] { return is_over_ || is_hurried_; });
    }
  });
}

void Anchoring::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Anchoring::step() {
  if (!choose()) return;
  visit_witnesses();
  release(false);
  visit_authorities();
  if (clock_.steady() < next_thinning_) return;
  next_thinning_ = clock_.steady() + k_thin_every;
  if (auto thinned = store_.thin(); !thinned) options_.log("anchors: " + describe(thinned.error()));
}

// The newest one, every ten seconds; at once when somebody waits for a timestamp.
bool Anchoring::choose() {
  {
    const std::lock_guard lock(mutex_);
    if (chosen_ && !is_hurried_ && clock_.steady() < chosen_at_ + k_choose_every) return true;
    if (is_hurried_) {
      for (TimestampLink& link : authorities_) link.hurry();
    }
    is_hurried_ = false;
  }
  chosen_ = engine_.published_checkpoint();
  chosen_at_ = clock_.steady();
  return chosen_ != nullptr;
}

void Anchoring::visit_witnesses() {
  bool has_asked = false;
  for (size_t i = 0; i < witnesses_.size(); ++i) {
    WitnessLink& link = witnesses_[i];
    if (!link.is_due(*chosen_, clock_.steady())) continue;
    has_asked = true;
    if (const auto against = link.visit(*chosen_, options_.post, store_, clock_)) {
      options_.log("witness " + link.address().id() + ": " + describe(*against));
      (void)engine_.hold_log(*against);  // it refuses only when it stops anyway
      is_held_ = false;
    }
    const std::lock_guard lock(mutex_);
    report_.witnesses[i] = link.view();
    answered_ = static_cast<size_t>(
        std::count_if(witnesses_.begin(), witnesses_.end(), [](const WitnessLink& one) { return one.has_answered(); }));
  }
  if (has_asked) look_up_witnessed();
  note_progress();
}

// Advice is waited for once, what is required until it is there.
void Anchoring::release(bool is_first_time) {
  const WitnessPolicy& policy = options_.policy;
  if (!is_held_ || (policy.required ? answered_ < policy.needed : !is_first_time)) return;
  if (engine_.release_log()) is_held_ = false;
}

void Anchoring::visit_authorities() {
  for (size_t i = 0; i < authorities_.size(); ++i) {
    TimestampLink& link = authorities_[i];
    if (!link.is_due(*chosen_, clock_.steady())) continue;
    link.visit(*chosen_, options_.post, store_, clock_, engine_.random());
    const std::lock_guard lock(mutex_);
    report_.authorities[i] = link.view();
  }
}

void Anchoring::look_up_witnessed() {
  const auto newest = store_.cosigned(witness_ids_, needed(), 0);
  if (!newest) return;
  const std::lock_guard lock(mutex_);
  report_.witnessed = *newest ? (*newest)->size : 0;
}

// What was published after the chosen checkpoint waits at the longest since that was chosen.
void Anchoring::note_progress() {
  const SignedPtr latest = engine_.published_checkpoint();
  if (!latest) return;
  const std::lock_guard lock(mutex_);
  if (report_.witnessed >= latest->checkpoint.size) {
    unwitnessed_since_.reset();
  } else if (!unwitnessed_since_) {
    unwitnessed_since_ = clock_.steady();
  } else if (report_.witnessed >= chosen_->checkpoint.size) {
    unwitnessed_since_ = std::max(*unwitnessed_since_, chosen_at_);
  }
}

Anchoring::Verdict Anchoring::verdict(milliseconds now) const {
  if (options_.policy.needed == 0) return Verdict::met;
  if (answered_ < options_.policy.needed) return options_.policy.required ? Verdict::unmet : Verdict::waiting;
  if (!unwitnessed_since_) return Verdict::met;
  return now - *unwitnessed_since_ > options_.policy.limit ? Verdict::unmet : Verdict::waiting;
}

Result<void> Anchoring::may_write() const {
  if (!options_.policy.required) return {};
  const std::lock_guard lock(mutex_);
  if (verdict(clock_.steady()) != Verdict::unmet) return {};
  return refuse(Code::unwitnessed,
                {{"needed", options_.policy.needed}, {"limit_seconds", options_.policy.limit.count()}});
}

Result<void> Anchoring::hurry_timestamps() {
  if (authorities_.empty()) return refuse(Code::no_timestamp_authority);
  {
    const std::lock_guard lock(mutex_);
    is_hurried_ = true;
  }
  woken_.notify_all();
  return {};
}

Anchoring::Report Anchoring::report() const {
  const SignedPtr latest = engine_.published_checkpoint();
  const std::lock_guard lock(mutex_);
  Report out = report_;
  out.verdict = verdict(clock_.steady());
  if (latest) out.origin = latest->checkpoint.origin, out.published = latest->checkpoint.size;
  return out;
}

Result<Anchored> Anchoring::witnessed(Reader& reader, int64_t log, uint64_t least) const {
  auto found = reader.anchored_by(log, k_cosignature, witness_ids_, needed(), least);
  if (!found) return refuse(Code::not_witnessed_yet, {{"needed", needed()}});
  return std::move(*found);
}

}  // namespace sparkgate::api
