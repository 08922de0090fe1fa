// What an application would come to, while it is still being written: judged by the code that create and submit use.
#pragma once

#include "engine/workflow.h"
#include "workflows/hot_work_permit/permit.h"

namespace sparkgate::permit {

struct Draft {
  const Json& application;                  // as far as it is given; each member as the schema wants it
  const std::vector<std::string>& lacking;  // JSON pointers to what the schema demands and is not there
};

struct Previewing {
  const rules::Packs& packs;
  const Settings& settings;
  const Actor& actor;
  const View& view;
  Time at;
};

/// {pack, missing, problems, grade, approval, figures, [latest_end], site_rules, measures, pre_start, signatures,
/// findings, outcome}, texts in both languages; openapi.yaml says what they are. A finding that only says that
/// something is not given yet stands under `missing`. Without a pack: {missing, problems, outcome}.
Json preview_of(const Draft& draft, const Previewing& asked);

}  // namespace sparkgate::permit
