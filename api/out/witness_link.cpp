#include "api/out/witness_link.h"

#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr auto k_first_retry = seconds(10), k_longest_pause = seconds(60);
constexpr int k_rounds = 3;  // one to learn the witness's size, one to be cosigned, one should others ask meanwhile

}  // namespace

WitnessLink::WitnessLink(WitnessAddress address)
    : address_(std::move(address)), pace_(seconds(0), k_first_retry, k_longest_pause) {}

bool WitnessLink::is_due(const SignedCheckpoint& latest, milliseconds now) const {
  const bool is_new = latest.checkpoint.origin != origin_ || latest.checkpoint.size != size_;
  return (is_new || !has_answered_ || failure_) && pace_.is_due(now);
}

void WitnessLink::begin_log(const std::string& origin, AnchorStore& store) {
  if (origin == origin_) return;
  const auto last = store.last(k_cosignature, address_.id());
  const bool has_last = last && *last;
  known_ = size_ = has_last ? (*last)->size : 0;
  at_ = has_last ? std::optional((*last)->anchors.front().at) : std::nullopt;
  origin_ = origin;
}

std::optional<Refusal> WitnessLink::visit(const SignedCheckpoint& latest, const Post& post, AnchorStore& store,
                                          const Clock& clock) {
  begin_log(latest.checkpoint.origin, store);
  auto outcome = ask(latest, post, store, clock.wall());
  failure_ = !outcome ? std::optional(outcome.error()) : *outcome;
  failure_ ? pace_.failed(clock.steady()) : pace_.succeeded(clock.steady());
  return outcome ? *outcome : std::nullopt;
}

WitnessLink::Outcome WitnessLink::ask(const SignedCheckpoint& latest, const Post& post, AnchorStore& store, Time at) {
  const uint64_t size = latest.checkpoint.size;
  uint64_t old = std::min(known_, size);
  for (int round = 0; round < k_rounds; ++round) {
    auto proof = store.growth(latest.checkpoint, old);
    if (!proof) return tl::make_unexpected(proof.error());
    const auto answer = ask_witness(post, address_, {old, std::move(*proof), latest.note});
    if (!answer) return tl::make_unexpected(answer.error());
    if (const auto* cosignature = std::get_if<NoteSignature>(&*answer)) return keep(latest, *cosignature, store, at);
    if (const auto* refuses = std::get_if<WitnessRefuses>(&*answer)) {
      if (refuses->status == 422 && old > 0) return contradicted(old, store);  // it agrees to the size, not to the tree
      return refuse(Code::peer_refused, {{"url", host_of(address_.url)}, {"status", refuses->status}});
    }
    has_answered_ = true;
    known_ = std::get<WitnessAt>(*answer).size;
    if (known_ > size) return standing_against(Code::witness_ahead, known_, size);
    if (known_ == old && old == size && size > 0) return contradicted(old, store);  // the same size, and another root
    old = known_;
  }
  return refuse(Code::peer_answer_invalid,
                {{"url", host_of(address_.url)}, {"reason", bilingual("条目数前后不一", "its size keeps changing")}});
}

WitnessLink::Outcome WitnessLink::keep(const SignedCheckpoint& latest, const NoteSignature& cosignature,
                                       AnchorStore& store, Time at) {
  has_answered_ = true;
  known_ = latest.checkpoint.size;
  const Anchor anchor{std::string(k_cosignature), address_.id(), cosignature.line(), at};
  if (auto kept = store.keep(latest, anchor); !kept) return tl::make_unexpected(kept.error());
  size_ = latest.checkpoint.size;
  at_ = at;
  return std::nullopt;
}

// The witness has another tree of `size` entries. Where we hold its own cosignature on ours, it contradicts itself, and
// nothing follows but that it errs. Otherwise it knows what we do not: our entries are not those that were signed
// before.
WitnessLink::Outcome WitnessLink::contradicted(uint64_t size, AnchorStore& store) const {
  const auto ours = store.root(size);
  const auto kept = store.at(size);
  if (!ours) return tl::make_unexpected(ours.error());
  if (!kept) return tl::make_unexpected(kept.error());
  if (*kept) {
    const std::string& note = (*kept)->note;
    const auto checkpoint = journal::parse_checkpoint(note.substr(0, note.rfind("\n\n") + 1));
    const auto& anchors = (*kept)->anchors;
    const bool is_its_own = std::any_of(anchors.begin(), anchors.end(), [&](const Anchor& anchor) {
      return anchor.kind == k_cosignature && anchor.name == address_.id();
    });
    if (is_its_own && checkpoint && checkpoint->root == *ours) {
      return refuse(Code::peer_answer_invalid,
                    {{"url", host_of(address_.url)},
                     {"reason", bilingual("与其先前的联署矛盾", "it contradicts its own cosignature")}});
    }
  }
  return standing_against(Code::witness_disagrees, size, size);
}

Refusal WitnessLink::standing_against(Code code, uint64_t theirs, uint64_t ours) const {
  return {code, {{"witness", address_.key.name()}, {"actual", theirs}, {"needed", ours}}, {}};
}

AnchorView WitnessLink::view() const {
  AnchorView view{address_.key.name(), address_.key.vkey(), size_, at_, AnchorState::waiting, ""};
  if (has_answered_) view.state = AnchorState::ok;
  if (failure_) {
    view.state = failure_->code == Code::peer_unreachable ? AnchorState::unreachable : AnchorState::refused;
    view.code = refusal_row(failure_->code).name;
  }
  return view;
}

}  // namespace sparkgate::api
