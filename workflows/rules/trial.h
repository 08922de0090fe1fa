// A pack tried on decisions that were made by another: what would come out otherwise.
#pragma once

#include "workflows/rules/pack.h"

namespace sparkgate::rules {

/// What a judgement comes to: {grade, verdict: passed | refused | undecided, findings, warnings (codes, sorted), steps
/// (of approval)}. By the pack anew, or as a record (record.h) of that pack keeps it.
Json outcome_of(const Pack& pack, std::string_view stage, const Json& facts);
Json outcome_of_record(const Json& record, const Pack* pack);

/// {before, after, more_findings, fewer_findings}; null when both come to the same.
Json difference(Json before, Json after);

}  // namespace sparkgate::rules
