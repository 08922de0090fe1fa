#include "workflows/hot_work_permit/recheck.h"

#include "engine/base/codes.h"
#include "workflows/hot_work_permit/conditions.h"
#include "workflows/hot_work_permit/field.h"

namespace sparkgate::permit {
namespace {

Result<void> same_scope(const Instance& permit, const Recorded& entry) {
  if (entry.facts.at("scope_hash") == permit.data.at("scope_hash")) return {};
  return refuse(Code::scope_changed);
}

// The step is the chain's next one, and the last only when it is: nothing else leads to Approved.
Result<void> approve(const Instance& permit, const Recorded& entry) {
  const Json& steps = permit.data.at("approval_steps");
  const size_t done = permit.data.at("approvals").size();
  if (done >= steps.size() || entry.facts.at("step") != steps.at(done).at("code") ||
      entry.facts.at("is_last_approval") != (done + 1 == steps.size())) {
    const std::string roles = done < steps.size() ? text_of(steps.at(done), "role") : "";
    return refuse(Code::approval_step_not_yours, {{"roles", roles}});
  }
  if (const std::string absent = text_of(entry.facts, "for"); !absent.empty()) {
    if (auto apart = check_apart(permit, absent); !apart) return apart;
  }
  return same_scope(permit, entry);
}

// A person may let pass what the rules leave open, nobody what they refuse.
Result<void> qualify(const Instance& permit, const Recorded& entry) {
  size_t against = 0;
  for (const Json& json : permit.data.at("qualification").at("findings")) {
    const Severity severity = finding_from_json(json).severity;
    const bool is_open = severity == Severity::undecided && entry.actor == "system";
    against += severity == Severity::refuse || is_open ? 1 : 0;
  }
  return against == 0 ? Result<void>() : Result<void>(refuse(Code::findings_refuse, {{"count", against}}));
}

// At submit the pack says who approves and by which figures the site is run. A pack that is not there says nothing.
Result<void> judged_by_pack(const Recorded& entry, const rules::Packs& packs) {
  const auto decision = entry.facts.find("decision");
  if (decision == entry.facts.end() || !entry.facts.contains("approval_steps")) return {};
  const rules::Pack* pack = packs.by_digest(text_of(decision->at("pack"), "digest"));
  if (!pack) return {};
  const Json expected = consequences(*pack, *decision);
  for (const auto& [name, value] : expected.items()) {
    if (entry.facts.value(name, Json()) == value) continue;
    return refuse(Code::log_broken, {{"reason", bilingual("审批环节或现场要求不是规则包所定",
                                                          "approval steps or figures are not those of the pack")}});
  }
  return {};
}

struct RecheckRow {
  std::string_view event;
  Result<void> (*recheck)(const Instance&, const Recorded&);
};
constexpr RecheckRow k_table[] = {{"approve", approve}, {"consent", same_scope}, {"qualify", qualify}};

}  // namespace

Result<void> recheck_entry(const Instance& permit, const Recorded& entry, const rules::Packs& packs) {
  if (auto then = recheck_field(permit, entry); !then) return then;
  if (auto holds = recheck_conditions(permit, entry); !holds) return holds;
  if (auto judged = judged_by_pack(entry, packs); !judged) return judged;
  for (const RecheckRow& row : k_table) {
    if (row.event == entry.event) return row.recheck(permit, entry);
  }
  return {};
}

}  // namespace sparkgate::permit
