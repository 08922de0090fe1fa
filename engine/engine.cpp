#include "engine/engine.h"

#include "engine/base/codes.h"
#include "engine/journal/logged.h"

namespace sparkgate {
namespace {

// Committed state, a reader borrowed for each question: none is held while the asker computes.
class BorrowingView final : public View {
 public:
  explicit BorrowingView(ReaderPool& readers) : readers_(readers) {}
  InstancePtr find(std::string_view id) const override { return ReaderView(*readers_.borrow()).find(id); }
  std::vector<InstancePtr> linked(std::string_view workflow, std::string_view kind,
                                  std::string_view ref) const override {
    return ReaderView(*readers_.borrow()).linked(workflow, kind, ref);
  }
  int64_t counter(std::string_view name) const override { return readers_.borrow()->counter(name); }

 private:
  ReaderPool& readers_;
};

}  // namespace

Engine::Engine(std::unique_ptr<Store> store, const Registry& registry, const Clock& clock, Random& random,
               Options options)
    : store_(std::move(store)),
      registry_(registry),
      clock_(clock),
      random_(random),
      signer_(options.signer),
      readers_(*store_, options.readers),
      commands_(std::make_unique<Commands>(
          store_->writer(), registry, clock, random,
          LogOptions{options.origin, options.high_water, options.signer, options.held, options.grows_tree,
                     options.report})) {
  const auto after_commit = [this](const std::vector<Transition>& transitions) {
    const std::lock_guard lock(listeners_mutex_);
    for (const auto& listener : listeners_) listener(transitions);
  };
  committer_ = std::make_unique<Committer>(*commands_, clock, options.committer, after_commit);
}

// The command without its secrets; nothing when it holds none and can go as it is.
Result<std::optional<Command>> Engine::prepared(const Command& command) {
  const Workflow* workflow = registry_.find(command.workflow);
  const EventSpec* spec = workflow ? workflow->description().event(command.event) : nullptr;
  if (!spec || !spec->secret) return std::nullopt;
  Command out = command;
  const BorrowingView view(readers_);
  if (auto done = workflow->prepare(out, view, random_); !done) return tl::make_unexpected(done.error());
  return out;
}

// Whatever was signed after the command's commit covers it. In a closed log its last checkpoint has been given already.
Result<void> Engine::cover(Receipt& receipt) {
  if (!signer_.sign || !receipt.checkpoint.empty()) return {};
  const SignedPtr latest = checkpoints().latest();
  if (latest && latest->checkpoint.origin == receipt.origin &&
      latest->checkpoint.size > static_cast<uint64_t>(receipt.index)) {
    receipt.checkpoint = latest->note;
    return {};
  }
  const auto obstacle = checkpoints().obstacle();
  return tl::make_unexpected(
      obstacle ? *obstacle
               : Refusal{Code::signing_failed,
                         {{"reason", bilingual("没有覆盖该条目的检查点", "no checkpoint covers the entry")}},
                         {}});
}

Result<Receipt> Engine::execute(const Command& command) {
  const auto without_secrets = prepared(command);
  if (!without_secrets) return tl::make_unexpected(without_secrets.error());
  const Command& queued = *without_secrets ? **without_secrets : command;
  Receipt receipt;
  auto done = committer_->run([&](Commands& commands) -> Result<void> {
    auto result = commands.run(queued);
    if (!result) return tl::make_unexpected(std::move(result.error()));
    receipt = std::move(*result);
    return {};
  });
  if (!done) return tl::make_unexpected(std::move(done.error()));
  if (auto covered = cover(receipt); !covered) return tl::make_unexpected(covered.error());
  return receipt;
}

Result<Receipt> Engine::continue_log(const std::string& origin,
                                     const std::function<Command(const Continuation&)>& first) {
  Receipt receipt;
  auto done = committer_->run([&](Commands& commands) -> Result<void> {
    const auto continuation = commands.log().continue_as(origin);
    if (!continuation) return tl::make_unexpected(continuation.error());
    auto result = commands.run(first(*continuation));
    if (!result) return tl::make_unexpected(std::move(result.error()));
    receipt = std::move(*result);
    return {};
  });
  if (!done) return tl::make_unexpected(std::move(done.error()));
  if (auto covered = cover(receipt); !covered) return tl::make_unexpected(covered.error());
  return receipt;
}

Result<std::vector<Receipt>> Engine::execute_all(const std::vector<Command>& commands) {
  std::vector<std::optional<Command>> without_secrets;
  for (const Command& command : commands) {
    auto out = prepared(command);
    if (!out) return tl::make_unexpected(out.error());
    without_secrets.push_back(std::move(*out));
  }
  std::vector<Receipt> receipts;
  auto done = committer_->run([&](Commands& writer) -> Result<void> {
    receipts.clear();
    for (size_t i = 0; i < commands.size(); ++i) {
      auto result = writer.run(without_secrets[i] ? *without_secrets[i] : commands[i]);
      if (!result) {
        result.error().details["command"] = receipts.size();
        return tl::make_unexpected(std::move(result.error()));
      }
      receipts.push_back(std::move(*result));
    }
    return {};
  });
  if (!done) return tl::make_unexpected(std::move(done.error()));
  for (Receipt& receipt : receipts) {
    if (auto covered = cover(receipt); !covered) return tl::make_unexpected(covered.error());
  }
  return receipts;
}

Result<std::string> Engine::execute_in_turn(const std::function<void(const View&, const RunOne&)>& work) {
  std::optional<Receipt> last;
  const auto run_one = [&](const Committer::RunNext& run, const Command& command) {
    Result<Receipt> out = Receipt();
    const auto done = run([&](Commands& commands) -> Result<void> {
      out = commands.run(command);
      return out ? Result<void>() : tl::make_unexpected(out.error());
    });
    if (!done) return Result<Receipt>(tl::make_unexpected(done.error()));
    if (!last || last->entry < out->entry) last = *out;
    return out;
  };
  const auto done = committer_->run_in_turn([&](const Committer::RunNext& run) {
    work(*commands_, [&](const Command& command) { return run_one(run, command); });
  });
  if (!done) return tl::make_unexpected(done.error());
  if (!last) return "";
  if (auto covered = cover(*last); !covered) return tl::make_unexpected(covered.error());
  return last->checkpoint;
}

Result<void> Engine::write(const std::function<void(Writer&)>& change) {
  return committer_->run([&](Commands& commands) -> Result<void> {
    change(commands.writer());
    return {};
  });
}

Result<void> Engine::confirm_clock() {
  return committer_->run([](Commands& commands) -> Result<void> {
    commands.clock().confirm();
    return {};
  });
}

Result<void> Engine::hold_log(const Refusal& why) {
  return committer_->run([&](Commands& commands) -> Result<void> {
    commands.log().hold(why);
    return {};
  });
}

Result<void> Engine::release_log() {
  return committer_->run([](Commands& commands) -> Result<void> {
    commands.log().release();
    return {};
  });
}

Result<void> Engine::admit_only(std::function<Result<void>()> gate) {
  return committer_->run([&](Commands& commands) -> Result<void> {
    commands.admit_only(gate);
    return {};
  });
}

void Engine::on_commit(Committer::AfterCommit listener) {
  const std::lock_guard lock(listeners_mutex_);
  listeners_.push_back(std::move(listener));
}

Result<void> fold(const Workflow& workflow, Instance& instance, const journal::Logged& entry, const Digest& leaf,
                  Replay how) {
  const journal::Head& head = entry.head;
  instance.workflow = head.workflow;
  instance.id = head.instance;
  if (head.slot) instance.slot = *head.slot;
  if (entry.facts.value("erased", false)) instance.personal = Json::object();
  if (entry.personal.contains("people")) add_people(instance, entry.personal["people"]);
  const Recorded recorded{head.type, head.actor, head.at, entry.facts, entry.personal};
  if (how == Replay::rechecked) {
    if (auto lawful = workflow.recheck(instance, recorded); !lawful) return lawful;
  }
  if (auto applied = workflow.apply(instance, recorded); !applied) return applied;
  if (instance.state != head.to) {
    const std::string index = std::to_string(entry.index);
    return refuse(Code::log_broken,
                  {{"reason", bilingual("第 " + index + " 条得到状态 " + instance.state + "，而非 " + head.to,
                                        "entry " + index + " leads to " + instance.state + ", not to " + head.to)}});
  }
  instance.version = head.seq + 1;
  instance.head = leaf;
  instance.at = head.at;
  return {};
}

Result<Instance> replay(const Workflow& workflow, const std::vector<journal::Entry>& entries) {
  if (auto verified = journal::verify_chain(entries); !verified) return tl::make_unexpected(verified.error());
  Instance instance;
  instance.workflow = workflow.description().name;
  for (const journal::Entry& entry : entries) {
    const auto logged = journal::read_entry(entry);
    if (!logged) return tl::make_unexpected(logged.error());
    auto folded = fold(workflow, instance, *logged, entry.leaf);
    if (!folded) return tl::make_unexpected(folded.error());
  }
  instance.timers = workflow.timers(instance);
  return instance;
}

}  // namespace sparkgate
