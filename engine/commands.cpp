#include "engine/commands.h"

#include "engine/base/codes.h"

namespace sparkgate {
namespace {

constexpr size_t k_cached_instances = 4096;
constexpr auto k_answers_kept = hours(24 * 7);
constexpr auto k_prune_every = seconds(1);  // a thousand answers at most each time
const Instance k_nothing;  // what a new instance was before
constexpr int k_most_follow_ups = 10'000;   // of one command: a county's permits under way, and an end to any circle

Json answer_json(const Receipt& receipt) {
  return {{"instance", receipt.instance}, {"workflow", receipt.workflow}, {"state", receipt.state},
          {"version", receipt.version},   {"index", receipt.entry},       {"leaf", hex(receipt.leaf)},
          {"at", format_time(receipt.at)}};
}

Json timer_payload(const Timer& timer) { return {{"timer", timer.name}, {"due", format_time(timer.due)}}; }

Receipt receipt_from(const Json& json) {
  Receipt out;
  out.instance = text_of(json, "instance");
  out.workflow = text_of(json, "workflow");
  out.state = text_of(json, "state");
  out.version = json.at("version").get<int64_t>();
  out.entry = json.at("index").get<int64_t>();
  const std::string leaf = from_hex(text_of(json, "leaf")).value_or("");
  if (leaf.size() == out.leaf.size()) std::copy(leaf.begin(), leaf.end(), out.leaf.begin());
  out.at = parse_time(text_of(json, "at")).value_or(Time{});
  out.replayed = true;
  return out;
}

}  // namespace

const Json Commands::k_unsigned = nullptr;

Commands::Commands(Writer& writer, const Registry& registry, const Clock& clock, Random& random, LogOptions log)
    : writer_(writer),
      registry_(registry),
      clock_(clock, writer.tail().at),
      random_(random),
      log_(writer, clock, std::move(log)),
      cache_(k_cached_instances),
      at_(refuse(Code::clock_suspect)),
      next_due_(writer.next_due()),
      committed_next_due_(next_due_),
      tail_(writer.tail()),
      committed_tail_(tail_) {}

void Commands::begin_batch() {
  log_.retry();
  at_ = clock_.now();
  if (!at_ || *at_ < next_prune_) return;
  writer_.prune_answers(*at_ - k_answers_kept);
  next_prune_ = *at_ + k_prune_every;
}

Cache::Replaced Commands::keep_batch() {
  transitions_.clear();
  committed_tail_ = tail_;
  committed_next_due_ = next_due_;
  return cache_.keep_batch();
}

void Commands::drop_batch() {
  log_.drop_batch();
  cache_.drop_batch();
  links_.clear();
  transitions_.clear();
  follow_ups_.clear();
  tail_ = committed_tail_;
  next_due_ = committed_next_due_;
}

void Commands::tidy(bool idle) {
  writer_.housekeeping(idle);
  if (idle) log_.retry();
  log_.checkpoints().published();
}

void Commands::begin_command() {
  log_.begin_command();
  kept_transitions_ = transitions_.size();
  tail_before_command_ = tail_;
}
void Commands::keep_command() { cache_.keep_command(); }

void Commands::drop_command() {
  log_.drop_command();
  if (cache_.drop_command()) links_.clear();  // a mere refusal has changed none
  transitions_.resize(kept_transitions_);
  follow_ups_.clear();
  tail_ = tail_before_command_;
}

std::shared_ptr<const Filed> Commands::load(std::string_view id) const {
  if (auto cached = cache_.find(id)) return cached;
  auto stored = writer_.instance(id);
  if (!stored) return nullptr;
  auto filed = std::make_shared<const Filed>(std::move(*stored));
  cache_.remember(filed);
  return filed;
}

InstancePtr Commands::find(std::string_view id) const {
  const auto filed = load(id);
  return filed ? filed->instance : nullptr;
}

std::vector<InstancePtr> Commands::linked(std::string_view workflow, std::string_view kind,
                                          std::string_view ref) const {
  const auto& ids = links_.ids(workflow, kind, ref, [&] { return writer_.linked(workflow, kind, ref); });
  std::vector<InstancePtr> out;
  for (const std::string& id : ids) out.push_back(find(id));
  return out;
}

Result<Receipt> Commands::run(const Command& command) {
  auto earlier = earlier_answer(command);
  if (!earlier) return tl::make_unexpected(earlier.error());
  if (*earlier) {
    log_.place(**earlier);
    return **earlier;
  }
  if (auto able = log_.able(); !able) return tl::make_unexpected(able.error());
  if (auto admitted = gate_(); !admitted) return tl::make_unexpected(admitted.error());
  if (!at_) return tl::make_unexpected(at_.error());
  const Workflow* workflow = registry_.find(command.workflow);
  const EventSpec* spec = workflow ? workflow->description().event(command.event) : nullptr;
  if (!spec) return refuse(Code::unknown_event, {{"event", command.event}});
  auto before = target(*workflow, *spec, command);
  if (!before) return tl::make_unexpected(before.error());
  const std::string id = *before ? (*before)->instance->id : new_id(*at_, random_);
  const Json* provenance = command.provenance.is_null() ? nullptr : &command.provenance;
  auto receipt =
      record({*workflow, *spec, *before, id, command.actor, command.payload, nullptr, command.signature, provenance});
  if (!receipt) return receipt;
  for (const auto& [name, value] : command.secrets) writer_.put_secret(receipt->instance, name, value);
  run_follow_ups();
  // What the system did at once on account of this command is part of its answer.
  const InstancePtr now = find(receipt->instance);
  receipt->state = now->state;
  receipt->version = now->version;
  remember_answer(command, *receipt);
  return receipt;
}

// The instance that the command is for, null when it makes a new one; existence, visibility and version are checked.
Result<std::shared_ptr<const Filed>> Commands::target(const Workflow& workflow, const EventSpec& spec,
                                                      const Command& command) {
  if (spec.creates && command.instance.empty()) return std::shared_ptr<const Filed>();
  auto filed = load(command.instance);
  if (!filed || filed->instance->workflow != command.workflow ||
      !workflow.readable(*filed->instance, command.actor, *this)) {
    return refuse(Code::not_found);
  }
  const int64_t version = filed->instance->version;
  if (!command.expected_version && !spec.fact) return refuse(Code::version_required);
  if (command.expected_version && *command.expected_version != version) {
    return refuse(Code::version_mismatch, {{"actual", version}, {"needed", *command.expected_version}});
  }
  return filed;
}

Result<Receipt> Commands::record(const Recording& recording) {
  Instance next;
  if (recording.before) next = *recording.before->instance;
  next.id = recording.id;
  next.workflow = recording.workflow.description().name;
  std::string actor_name;
  auto decision = decide(recording, next, actor_name);
  if (!decision) return tl::make_unexpected(decision.error());
  const Recorded entry_view{recording.spec.name, actor_name, *at_, decision->facts, decision->personal};
  if (auto applied = recording.workflow.apply(next, entry_view); !applied) {
    return tl::make_unexpected(applied.error());
  }
  if (!recording.before) next.slot = tail_.slots;
  journal::Entry entry = seal(recording, next, *decision, actor_name);
  if (entry.bytes.size() > journal::k_max_entry_bytes) return refuse(Code::internal, {{"trace", "entry too long"}});
  next.version += 1;
  next.head = entry.leaf;
  next.at = *at_;
  next.timers = timers_after(recording, next);
  Receipt receipt{next.id, next.workflow, next.state, next.version, entry.index, entry.leaf, *at_, "", 0, "", false};
  log_.place(receipt);
  const Instance& before = recording.before ? *recording.before->instance : k_nothing;
  for (const Tally& tally : recording.workflow.tallies(before, next, entry_view)) {
    writer_.add_to_tally(tally.name, tally.change);
  }
  store(recording, std::move(next), entry, *decision);
  return receipt;
}

// A timer fires once, and a refused one is settled too, even if the workflow goes on to list it: one that was listed
// before, is past and waits no more does not come back. With another time it is another timer.
std::vector<Timer> Commands::timers_after(const Recording& recording, const Instance& next) const {
  auto timers = recording.workflow.timers(next);
  if (!recording.before) return timers;
  const Instance& before = *recording.before->instance;
  const auto holds = [](const std::vector<Timer>& list, const Timer& timer) {
    return std::find(list.begin(), list.end(), timer) != list.end();
  };
  std::erase_if(timers, [&](const Timer& timer) {
    if (recording.fired && timer == *recording.fired) return true;
    return timer.due <= *at_ && !holds(before.timers, timer) && holds(recording.workflow.timers(before), timer);
  });
  return timers;
}

// The workflow's decision; adds to `next` who takes part, and to the decision what the engine itself contributes.
Result<Decision> Commands::decide(const Recording& recording, Instance& next, std::string& actor_name) {
  const Instance& current = recording.before ? *recording.before->instance : k_nothing;
  Cast cast(people_of(current));
  const Actor& actor = recording.actor;
  actor_name = actor.system ? "system" : cast.name(actor.person, {{"name", actor.name}, {"account", actor.account}});
  const Situation situation{current, recording.spec.name,  recording.actor, *at_,
                            *this,   random_, recording.provenance};
  auto decision = recording.workflow.decide(situation, recording.payload, cast);
  if (!decision) return decision;
  if (const Admission* admission = registry_.admission()) {
    auto admitted = admission->admit(recording.workflow, recording.spec, situation, recording.payload,
                                     recording.signature, *decision);
    if (!admitted) return tl::make_unexpected(std::move(admitted.error()));
  }
  for (const std::string& name : decision->serials) {
    decision->facts["serials"][name] =
        writer_.counter(name) + 1;  // raised by store(), when nothing can refuse any more
  }
  if (decision->erase) {
    decision->facts["erased"] = true;
    next.personal = Json::object();
  }
  if (!cast.added().empty()) {
    decision->personal["people"] = cast.added();
    add_people(next, cast.added());
  }
  return decision;
}

journal::Entry Commands::seal(const Recording& recording, const Instance& next, const Decision& decision,
                              const std::string& actor_name) {
  journal::Head head;
  head.origin = log_.current().origin;
  head.workflow = next.workflow;
  head.instance = next.id;
  head.seq = next.version;
  if (recording.before) {
    head.prev = recording.before->instance->head;
    head.from = recording.before->instance->state;
  } else {
    head.slot = next.slot;
  }
  head.type = recording.spec.name;
  head.to = next.state;
  head.actor = actor_name;
  head.at = *at_;
  journal::Entry entry = journal::make_entry(head, decision.facts, decision.personal, random_);
  entry.index = tail_.entries;
  return entry;
}

void Commands::store(const Recording& recording, Instance next, const journal::Entry& entry, const Decision& decision) {
  auto filed = std::make_shared<Filed>();
  filed->index = recording.workflow.index(next, *this);
  filed->instance = std::make_shared<const Instance>(std::move(next));
  const Instance& now = *filed->instance;
  put(*filed, recording.before.get());
  for (const Timer& timer : now.timers) next_due_ = std::min(next_due_.value_or(timer.due), timer.due);
  if (decision.erase) writer_.erase_personal(now.id, now.slot);
  writer_.append(now.id, now.slot, now.version - 1, entry);
  for (const std::string& name : decision.serials) writer_.raise_counter(name);
  for (const auto& [name, value] : decision.counters) writer_.set_counter(name, value);
  Transition& transition = transitions_.emplace_back(Transition{entry.index, recording.spec.name, filed->instance, {}});
  for (const Notice& notice : decision.notices) {
    const int64_t id = writer_.put_notice(entry.index, now.id, notice, *at_);
    transition.notices.push_back({id, entry.index, now.id, notice, *at_});
  }
  int ordinal = 0;
  for (const FollowUp& command : decision.follow_ups) {
    follow_ups_.push_back({{entry.index, ordinal++, command, "pending", ""}, now.id});
  }
  log_.append(entry.leaf);
  tail_.entries += 1;
  tail_.slots += recording.before ? 0 : 1;
  cache_.change(filed);
  for (const std::string& id : decision.reindex) reindex(id);
}

void Commands::reindex(std::string_view id) {
  const auto before = load(id);
  auto now = std::make_shared<Filed>(*before);
  now->index = registry_.find(before->instance->workflow)->index(*before->instance, *this);
  put(*now, before.get());
  cache_.change(now);
}

void Commands::put(const Filed& filed, const Filed* before) {
  writer_.put(filed, before);
  if (before && before->index.links == filed.index.links) return;
  links_.forget(filed.instance->workflow, filed.index);
  if (before) links_.forget(filed.instance->workflow, before->index);
}

// Runs what decisions have caused, and what that causes, in order. Each is stored with its outcome: a refusal of a
// follow-up does not undo its cause, and stays visible. So do those beyond the bound, which are not run.
void Commands::run_follow_ups() {
  for (int count = 0; !follow_ups_.empty(); ++count) {
    auto [record, cause_instance] = std::move(follow_ups_.front());
    follow_ups_.pop_front();
    if (count < k_most_follow_ups) {
      follow_up(std::move(record), cause_instance);
    } else {
      record.status = "refused";
      record.outcome = describe({Code::too_many_follow_ups, {{"limit", k_most_follow_ups}}});
      writer_.put_follow_up(record, cause_instance);
    }
  }
}

void Commands::follow_up(FollowUpRecord follow, std::string_view cause_instance) {
  static const Actor k_system = system_actor();
  const Workflow* workflow = registry_.find(follow.command.workflow);
  const EventSpec* spec = workflow ? workflow->description().event(follow.command.event) : nullptr;
  const auto before = load(follow.command.instance);
  Result<Receipt> done = refuse(Code::unknown_event, {{"event", follow.command.event}});
  const bool makes_one = spec && spec->creates && follow.command.instance.empty();
  if (makes_one || (spec && before)) {
    const std::string id = makes_one ? new_id(*at_, random_) : follow.command.instance;
    done = record({*workflow, *spec, before, id, k_system, follow.command.payload});
  }
  if (makes_one && done) follow.command.instance = done->instance;  // it is seen from both sides
  follow.status = done ? "done" : "refused";
  follow.outcome = done ? std::to_string(done->entry) : describe(done.error());
  writer_.put_follow_up(follow, cause_instance);
}

std::optional<DueTimer> Commands::due_timer() {
  if (is_held() || !at_ || !next_due_ || *next_due_ > *at_) return std::nullopt;
  auto due = writer_.due(*at_, 1);
  if (!due.empty()) return std::move(due.front());
  next_due_ = writer_.next_due();
  return std::nullopt;
}

Result<void> Commands::fire(const DueTimer& due) {
  static const Actor k_system = system_actor();
  const auto before = load(due.instance);
  const Workflow* workflow = registry_.find(before->instance->workflow);
  const EventSpec* spec = workflow ? workflow->description().event(due.timer.event) : nullptr;
  if (!spec) return refuse(Code::unknown_event, {{"event", due.timer.event}});
  const Json payload = timer_payload(due.timer);
  const auto done = record({*workflow, *spec, before, due.instance, k_system, payload, &due.timer});
  if (!done) return tl::make_unexpected(done.error());
  run_follow_ups();
  return {};
}

void Commands::drop_timer(const DueTimer& due, const Refusal& refusal) {
  auto filed = std::make_shared<Filed>(*load(due.instance));
  auto instance = std::make_shared<Instance>(*filed->instance);
  std::erase_if(instance->timers, [&](const Timer& t) { return t.name == due.timer.name; });
  FollowUpRecord record;
  record.cause = writer_.entries(due.instance).back().index;
  for (const FollowUpRecord& other : writer_.follow_ups(due.instance)) {
    if (other.cause == record.cause) record.ordinal = std::max(record.ordinal, other.ordinal + 1);
  }
  record.command = {instance->workflow, due.instance, due.timer.event, timer_payload(due.timer)};
  record.status = "refused";
  record.outcome = describe(refusal);
  writer_.drop_timer(due.instance, due.timer.name);
  writer_.put_follow_up(record, due.instance);
  filed->instance = std::move(instance);
  cache_.change(filed);
}

Result<std::optional<Receipt>> Commands::earlier_answer(const Command& command) {
  if (command.idempotency_key.empty()) return std::nullopt;
  const auto stored = writer_.answer(command.actor.account, command.idempotency_key);
  if (!stored) return std::nullopt;
  if (stored->body_digest != command.body_digest) return refuse(Code::idempotency_key_reused);
  return receipt_from(Json::parse(stored->answer));
}

void Commands::remember_answer(const Command& command, const Receipt& receipt) {
  if (command.idempotency_key.empty()) return;
  writer_.put_answer(
      {command.actor.account, command.idempotency_key, command.body_digest, answer_json(receipt).dump(), *at_});
}

}  // namespace sparkgate
