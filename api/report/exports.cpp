#include "api/report/exports.h"

#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate::api {
namespace {

constexpr minutes k_lifetime(30);
constexpr size_t k_code_bytes = 6;  // read out to somebody; only officers with open keys could guess

}  // namespace

void ExportProposals::drop_old() {
  std::erase_if(held_, [&](const auto& one) { return one.second.until <= clock_.steady(); });
}

ExportProposals::Proposed ExportProposals::put(const report::ExportProposal& proposal) {
  const std::lock_guard lock(mutex_);
  drop_old();
  std::erase_if(held_, [&](const auto& one) { return one.second.proposal.proposed_by == proposal.proposed_by; });
  std::string code = hex(random_.bytes(k_code_bytes));
  held_.insert_or_assign(code, Held{proposal, clock_.steady() + k_lifetime});
  return {std::move(code), clock_.wall() + k_lifetime};
}

Result<report::ExportProposal> ExportProposals::find(const std::string& code) {
  const std::lock_guard lock(mutex_);
  drop_old();
  const auto at = held_.find(code);
  if (at == held_.end()) return refuse(Code::not_found);
  return at->second.proposal;
}

Result<report::ExportProposal> ExportProposals::take(const std::string& code, const std::string& officer) {
  const std::lock_guard lock(mutex_);
  drop_old();
  const auto at = held_.find(code);
  if (at == held_.end()) return refuse(Code::not_found);
  if (at->second.proposal.proposed_by == officer) return refuse(Code::second_officer_needed);
  report::ExportProposal proposal = std::move(at->second.proposal);
  held_.erase(at);
  return proposal;
}

}  // namespace sparkgate::api
