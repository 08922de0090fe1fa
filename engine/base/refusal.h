// Every refusal of the service: one row in refusals.def, one value type, one Result.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "engine/base/json_value.h"

namespace sparkgate {

/// A sentence in both languages of the service.
struct Text {
  std::string zh;
  std::string en;
  bool operator==(const Text&) const = default;
};

enum class Language { zh, en };

/// Borrows from `text`.
inline std::string_view pick(const Text& text, Language language) {
  return language == Language::en ? text.en : text.zh;
}

/// A sentence as a member of details: {"zh", "en"}. Whatever a user may read in details is written so.
Json bilingual(std::string_view zh, std::string_view en);

/// The details as one reader sees them: every bilingual sentence, at any depth, becomes its text in that language.
Json in_language(const Json& details, Language language);

/// The rows of refusals.def; named in engine/base/codes.h, so that a new row is new only to those who name any.
enum class Code : int;

/// One row of refusals.def. `{name}` in a wording stands for the member `name` of the details, in
/// the wording's own language where it is bilingual.
struct RefusalRow {
  Code code;
  std::string_view name;
  int http_status;
  std::string_view zh, en;
  std::string_view remedy_zh, remedy_en;
};

const RefusalRow& refusal_row(Code code);
const std::vector<RefusalRow>& all_refusals();

/// `undecided`: a fact is unknown, so a person must decide.
enum class Severity { refuse, warn, undecided };
std::string_view name_of(Severity severity);

/// One condition that is not met: of a rule pack, or of the lifecycle itself. `subject` says for which of several
/// things it was judged ("p2", a machine's code); `needed` and `actual` are language-free ("<= 8", "10").
struct Finding {
  std::string code;
  std::string clause;
  std::string subject;
  std::string needed;
  std::string actual;
  Severity severity = Severity::refuse;
  Text title;
  Text remedy;
  bool operator==(const Finding&) const = default;
};

Json to_json(const Finding& finding);
Finding finding_from_json(const Json& json);

/// Why something was not done. `details` fills the wording, but for its member `internal`, which is for logs alone
/// (what a library said); `findings` lists each unmet condition.
struct Refusal {
  Refusal(Code code, Json details = Json::object(), std::vector<Finding> findings = {});
  Code code;
  Json details;
  std::vector<Finding> findings;
};

/// For tests: `seen` hears of every refusal that is made, on whatever thread.
void watch_refusals(void (*seen)(Code));

template <class T>
using Result = tl::expected<T, Refusal>;

tl::unexpected<Refusal> refuse(Code code, Json details = Json::object());
tl::unexpected<Refusal> refuse_with(Code code, std::vector<Finding> findings);

/// A wording with each `{name}` replaced by the member of the details.
Text fill(std::string_view zh, std::string_view en, const Json& details);

/// What every refusal of that code has in common: the wording up to its details, "…" for one within it.
Text label_of(Code code);
/// The whole sentence, with the details of this refusal.
Text title_of(const Refusal& refusal);
Text remedy_of(const Refusal& refusal);

/// The catalogue's row as a finding, so that lifecycle conditions and pack rules read alike.
Finding as_finding(const Refusal& refusal);

/// For logs: "code: English title (what is internal); finding; finding".
std::string describe(const Refusal& refusal);

}  // namespace sparkgate
