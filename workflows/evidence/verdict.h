// What became of a bundle: a verdict a step, and two over all. A value; wordings stand in words.def.
#pragma once

#include <vector>

#include "engine/base/refusal.h"

namespace sparkgate::evidence {

enum class Step {
#define STEP(name, zh, en) name,
#define REMARK(code, kind, zh, en)
#include "workflows/evidence/words.def"
#undef STEP
#undef REMARK
};

enum class Word {
#define STEP(name, zh, en)
#define REMARK(code, kind, zh, en) code,
#include "workflows/evidence/words.def"
#undef STEP
#undef REMARK
};

/// Of a remark. Ordered by what a step comes to: the worst counts.
enum class Kind { note, erased, gap, fault };

struct StepRow {
  Step step;
  std::string_view name, zh, en;
};
const std::vector<StepRow>& all_steps();

struct WordRow {
  Word word;
  Kind kind;
  std::string_view name, zh, en;
};
const std::vector<WordRow>& all_words();

struct Remark {
  Word word;
  Json details = Json::object();
};

class Verdict {
 public:
  /// Of what, as the bundle says: {workflow, instance, entries, state, origin, size}; members as far as known.
  Json subject = Json::object();

  void say(Step step, Word word, Json details = Json::object()) {
    remarks_[static_cast<size_t>(step)].push_back({word, std::move(details)});
  }
  const std::vector<Remark>& remarks(Step step) const { return remarks_[static_cast<size_t>(step)]; }
  Kind outcome(Step step) const;  // note: ok
  bool holds(Step step) const { return outcome(step) < Kind::gap; }
  bool fails(Step step) const { return outcome(step) == Kind::fault; }

  /// "invalid" when a step other than completeness fails, "structure_valid" when people's signatures could not be
  /// judged because personal parts are gone, else "valid".
  std::string_view integrity() const;
  /// "complete", "incomplete", "not_shown".
  std::string_view completeness() const;
  /// 0: integrity holds and it is complete; 1 otherwise.
  int exit_code() const;

 private:
  std::vector<std::vector<Remark>> remarks_ = std::vector<std::vector<Remark>>(all_steps().size());
};

inline constexpr std::string_view k_verdict_format = "sparkgate-verdict/1";

/// {format, subject, integrity, completeness, steps: [{step, outcome, remarks: [{code, details, zh, en}]}]}; outcomes:
/// ok, erased, not_checked, failed.
Json to_json(const Verdict& verdict);

/// A page for a reader who knows nothing of logs: the two verdicts, then a line a step and a line a remark.
std::string to_text(const Verdict& verdict, Language language);

}  // namespace sparkgate::evidence
