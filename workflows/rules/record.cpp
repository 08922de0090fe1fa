#include "workflows/rules/record.h"

namespace sparkgate::rules {

Json record_of(std::string_view stage, const Pack& pack, Json inputs, const Judgement& judgement) {
  Json findings = Json::array();
  for (const Finding& finding : judgement.findings) findings.push_back(to_json(finding));
  const PackRef& ref = pack.ref();
  return {{"stage", stage},
          {"pack", {{"id", ref.id}, {"version", ref.version}, {"digest", ref.digest}}},
          {"inputs", std::move(inputs)},
          {"grade", judgement.grade},
          {"upgraded", judgement.upgraded},
          {"upgrade_reasons", judgement.upgrade_reasons},
          {"findings", std::move(findings)}};
}

bool repeats(const Pack& pack, const Json& record) {
  if (!record.is_object() || !record.contains("inputs") || !record["inputs"].is_object()) return false;
  const std::string stage = text_of(record, "stage");
  return record_of(stage, pack, record["inputs"], pack.judge(stage, record["inputs"])) == record;
}

}  // namespace sparkgate::rules
