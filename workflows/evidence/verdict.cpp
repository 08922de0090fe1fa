#include "workflows/evidence/verdict.h"

#include <algorithm>

namespace sparkgate::evidence {
namespace {

constexpr size_t k_shown_remarks = 20;  // of each step, in the text

struct Label {
  std::string_view name, zh, en;
};
// By Kind.
constexpr Label k_outcomes[] = {{"ok", "通过", "OK"},
                                {"erased", "已删除", "ERASED"},
                                {"not_checked", "未核验", "NOT CHECKED"},
                                {"failed", "不通过", "FAILED"}};
constexpr Label k_integrity[] = {{"valid", "真实、未被改动", "genuine and unaltered"},
                                 {"structure_valid", "结构真实、未被改动；个人信息不在包内，签名无从核验",
                                  "genuine and unaltered; without personal parts signatures cannot be judged"},
                                 {"invalid", "不可采信", "not to be relied on"}};
constexpr Label k_completeness[] = {{"complete", "完整", "complete"},
                                    {"not_shown", "未能证明是否完整", "not shown to be complete"},
                                    {"incomplete", "不完整", "not complete"}};

const Label& label_of(Kind kind) { return k_outcomes[static_cast<size_t>(kind)]; }

template <size_t n>
const Label& label_in(const Label (&labels)[n], std::string_view name) {
  return *std::find_if(std::begin(labels), std::end(labels), [&](const Label& label) { return label.name == name; });
}

const WordRow& row_of(Word word) { return all_words()[static_cast<size_t>(word)]; }

Text wording_of(const Remark& remark) {
  const WordRow& row = row_of(remark.word);
  return fill(row.zh, row.en, remark.details);
}

Json remark_json(const Remark& remark) {
  const Text text = wording_of(remark);
  return {{"code", row_of(remark.word).name}, {"details", remark.details}, {"zh", text.zh}, {"en", text.en}};
}

std::string line(std::string_view head, std::string_view zh, std::string_view en, Language language) {
  return std::string(head) + std::string(language == Language::en ? en : zh) + "\n";
}

// What a bundle says of itself must not steer a terminal.
std::string printable(std::string text) {
  std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
  return text;
}

}  // namespace

const std::vector<StepRow>& all_steps() {
  static const std::vector<StepRow> rows = {
#define STEP(name, zh, en) {Step::name, #name, zh, en},
#define REMARK(code, kind, zh, en)
#include "workflows/evidence/words.def"
#undef STEP
#undef REMARK
  };
  return rows;
}

const std::vector<WordRow>& all_words() {
  static const std::vector<WordRow> rows = {
#define STEP(name, zh, en)
#define REMARK(code, kind, zh, en) {Word::code, Kind::kind, #code, zh, en},
#include "workflows/evidence/words.def"
#undef STEP
#undef REMARK
  };
  return rows;
}

Kind Verdict::outcome(Step step) const {
  Kind out = Kind::note;
  for (const Remark& remark : remarks(step)) out = std::max(out, row_of(remark.word).kind);
  return out;
}

std::string_view Verdict::integrity() const {
  for (const StepRow& row : all_steps()) {
    if (row.step != Step::completeness && fails(row.step)) return "invalid";
  }
  return outcome(Step::payloads) == Kind::erased ? "structure_valid" : "valid";
}

std::string_view Verdict::completeness() const {
  const Kind kind = outcome(Step::completeness);
  return kind == Kind::fault ? "incomplete" : kind == Kind::gap ? "not_shown" : "complete";
}

int Verdict::exit_code() const { return integrity() != "invalid" && completeness() == "complete" ? 0 : 1; }

Json to_json(const Verdict& verdict) {
  Json steps = Json::array();
  for (const StepRow& row : all_steps()) {
    Json remarks = Json::array();
    for (const Remark& remark : verdict.remarks(row.step)) remarks.push_back(remark_json(remark));
    steps.push_back({{"step", row.name},
                     {"outcome", label_of(verdict.outcome(row.step)).name},
                     {"zh", row.zh},
                     {"en", row.en},
                     {"remarks", std::move(remarks)}});
  }
  return {{"format", k_verdict_format},
          {"subject", verdict.subject},
          {"integrity", verdict.integrity()},
          {"completeness", verdict.completeness()},
          {"exit_code", verdict.exit_code()},
          {"steps", std::move(steps)}};
}

std::string to_text(const Verdict& verdict, Language language) {
  const Label& integrity = label_in(k_integrity, verdict.integrity());
  const Label& completeness = label_in(k_completeness, verdict.completeness());
  std::string out = line(language == Language::en ? "Content: " : "内容：", integrity.zh, integrity.en, language) +
                    line(language == Language::en ? "Extent:  " : "范围：", completeness.zh, completeness.en, language);
  for (const auto& [name, value] : verdict.subject.items()) {
    out += "  " + name + ": " + printable(value.is_string() ? value.get<std::string>() : value.dump()) + "\n";
  }
  int number = 0;
  for (const StepRow& row : all_steps()) {
    const Label& outcome = label_of(verdict.outcome(row.step));
    const std::string mark(language == Language::en ? outcome.en : outcome.zh);
    out += line(std::to_string(++number) + ". [" + mark + "] ", row.zh, row.en, language);
    const auto& remarks = verdict.remarks(row.step);
    for (size_t i = 0; i < std::min(remarks.size(), k_shown_remarks); ++i) {
      const Text text = wording_of(remarks[i]);
      out += "     - " + printable(std::string(pick(text, language))) + "\n";
    }
    if (remarks.size() > k_shown_remarks) {
      const std::string more = std::to_string(remarks.size() - k_shown_remarks);
      out += line("     - ", "另有 " + more + " 项", more + " more", language);
    }
  }
  return out;
}

}  // namespace sparkgate::evidence
