#include "engine/engine.h"

namespace sparkgate {
namespace {

constexpr const char* k_origin = "origin";

// The log's name is fixed at the first start; later options cannot rename a log that has entries.
std::string settle_origin(Writer& writer, const std::string& wanted) {
  const std::string known = writer.meta(k_origin);
  if (!known.empty()) return known;
  writer.begin();
  writer.put_meta(k_origin, wanted);
  writer.commit();
  return wanted;
}

}  // namespace

Engine::Engine(std::unique_ptr<Store> store, const Registry& registry, const Clock& clock, Random& random,
               Options options)
    : store_(std::move(store)),
      registry_(registry),
      clock_(clock),
      random_(random),
      origin_(settle_origin(store_->writer(), options.origin)),
      readers_(*store_, options.readers),
      commands_(std::make_unique<Commands>(store_->writer(), registry, clock, random, origin_)) {
  const auto after_commit = [this](const std::vector<InstancePtr>& changed) {
    const std::lock_guard lock(listeners_mutex_);
    for (const auto& listener : listeners_) listener(changed);
  };
  committer_ = std::make_unique<Committer>(*commands_, clock, options.committer, after_commit);
}

Result<Receipt> Engine::execute(const Command& command) {
  Receipt receipt;
  auto done = committer_->run([&](Commands& commands) -> Result<void> {
    auto result = commands.run(command);
    if (!result) return tl::make_unexpected(std::move(result.error()));
    receipt = std::move(*result);
    return {};
  });
  if (!done) return tl::make_unexpected(std::move(done.error()));
  return receipt;
}

Result<std::vector<Receipt>> Engine::execute_all(const std::vector<Command>& commands) {
  std::vector<Receipt> receipts;
  auto done = committer_->run([&](Commands& writer) -> Result<void> {
    receipts.clear();
    for (const Command& command : commands) {
      auto result = writer.run(command);
      if (!result) {
        result.error().details["command"] = receipts.size();
        return tl::make_unexpected(std::move(result.error()));
      }
      receipts.push_back(std::move(*result));
    }
    return {};
  });
  if (!done) return tl::make_unexpected(std::move(done.error()));
  return receipts;
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

void Engine::on_commit(Committer::AfterCommit listener) {
  const std::lock_guard lock(listeners_mutex_);
  listeners_.push_back(std::move(listener));
}

Result<Instance> replay(const Workflow& workflow, const std::vector<journal::Entry>& entries) {
  if (auto verified = journal::verify_chain(entries); !verified) return tl::make_unexpected(verified.error());
  Instance instance;
  instance.workflow = workflow.description().name;
  for (const journal::Entry& entry : entries) {
    const auto head = journal::read_head(entry);
    if (!head) return tl::make_unexpected(head.error());
    const auto facts = parse_json(entry.facts.json);
    const auto personal = entry.personal ? parse_json(entry.personal->json) : Result<Json>(Json());
    if (!facts || !personal) {
      return refuse(Code::log_broken,
                    {{"reason", bilingual("有一条内容无法读取", "an entry has an unreadable payload")}});
    }
    if (head->slot) instance.slot = *head->slot;
    instance.id = head->instance;
    if (personal->contains("people")) add_people(instance, (*personal)["people"]);
    const Recorded recorded{head->type, head->actor, head->at, *facts, *personal};
    if (auto applied = workflow.apply(instance, recorded); !applied) return tl::make_unexpected(applied.error());
    if (instance.state != head->to) {
      const std::string index = std::to_string(entry.index);
      return refuse(Code::log_broken,
                    {{"reason", bilingual("第 " + index + " 条得到状态 " + instance.state + ",而非 " + head->to,
                                          "entry " + index + " leads to " + instance.state + ", not to " + head->to)}});
    }
    instance.version = head->seq + 1;
    instance.head = entry.leaf;
    instance.at = head->at;
  }
  instance.timers = workflow.timers(instance);
  return instance;
}

}  // namespace sparkgate
