// Which version of a rule pack is in force: the one activated last, else the highest that the program offers.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/packs.h"

namespace sparkgate::rule_packs {

inline constexpr std::string_view k_name = "rule_pack";

/// By which new applications are judged at that time; null when there is no such pack. What an activation names is
/// looked up by digest.
const rules::Pack* in_force(const View& view, const rules::Packs& packs, std::string_view id, Time at);

/// The upload of that digest that was not discarded; null when there is none.
InstancePtr upload_of(const View& view, std::string_view digest);

}  // namespace sparkgate::rule_packs
