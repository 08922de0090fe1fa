#include "engine/base/refusal.h"

#include <atomic>

#include "engine/base/codes.h"

namespace sparkgate {
namespace {

std::atomic<void (*)(Code)> watcher = nullptr;

bool is_bilingual(const Json& value) {
  return value.is_object() && value.size() == 2 && value.contains("zh") && value.contains("en");
}

std::string plain_text(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string fill_one(std::string_view wording, const Json& details, Language language) {
  std::string out;
  for (size_t at = 0; at < wording.size();) {
    const size_t open = wording.find('{', at);
    const size_t close = open == wording.npos ? wording.npos : wording.find('}', open);
    if (close == wording.npos) return out.append(wording.substr(at));
    out.append(wording.substr(at, open - at));
    const std::string name(wording.substr(open + 1, close - open - 1));
    if (auto it = details.find(name); it != details.end()) out += plain_text(in_language(*it, language));
    at = close + 1;
  }
  return out;
}

// "The parameter {name} is invalid: {reason}" → "The parameter … is invalid".
std::string label(std::string_view wording, std::string_view colon) {
  const size_t cut = wording.find(colon), last = wording.rfind('{');
  if (cut != wording.npos && last != wording.npos && cut < last) wording = wording.substr(0, cut);
  std::string out;
  while (!wording.empty()) {
    const size_t open = std::min(wording.find('{'), wording.size());
    out.append(wording.substr(0, open));
    if (open == wording.size()) break;
    out.append("…");
    wording.remove_prefix(wording.find('}', open) + 1);
  }
  return out;
}

Severity severity_from(std::string_view name) {
  for (const auto severity : {Severity::warn, Severity::undecided}) {
    if (name == name_of(severity)) return severity;
  }
  return Severity::refuse;
}

Text text_from(const Json& json) { return {json.value("zh", ""), json.value("en", "")}; }

}  // namespace

Refusal::Refusal(Code code, Json details, std::vector<Finding> findings)
    : code(code), details(std::move(details)), findings(std::move(findings)) {
  if (const auto seen = watcher.load(std::memory_order_relaxed)) seen(code);
}

void watch_refusals(void (*seen)(Code)) { watcher = seen; }

Text fill(std::string_view zh, std::string_view en, const Json& details) {
  return {fill_one(zh, details, Language::zh), fill_one(en, details, Language::en)};
}

Json bilingual(std::string_view zh, std::string_view en) { return {{"zh", zh}, {"en", en}}; }

Json in_language(const Json& details, Language language) {
  if (is_bilingual(details)) return details[language == Language::en ? "en" : "zh"];
  Json out = details;
  if (out.is_structured()) {
    for (Json& member : out) member = in_language(member, language);
  }
  return out;
}

std::string_view name_of(Severity severity) {
  return severity == Severity::warn ? "warn" : severity == Severity::undecided ? "undecided" : "refuse";
}

const std::vector<RefusalRow>& all_refusals() {
  static const std::vector<RefusalRow> rows = {
#define REFUSAL(code, status, zh, en, remedy_zh, remedy_en) {Code::code, #code, status, zh, en, remedy_zh, remedy_en},
#include "engine/base/refusals.def"
#undef REFUSAL
  };
  return rows;
}

const RefusalRow& refusal_row(Code code) { return all_refusals()[static_cast<size_t>(code)]; }

Json to_json(const Finding& f) {
  return {{"code", f.code},
          {"clause", f.clause},
          {"subject", f.subject},
          {"needed", f.needed},
          {"actual", f.actual},
          {"severity", name_of(f.severity)},
          {"title", bilingual(f.title.zh, f.title.en)},
          {"remedy", bilingual(f.remedy.zh, f.remedy.en)}};
}

Finding finding_from_json(const Json& json) {
  return {json.value("code", ""),
          json.value("clause", ""),
          json.value("subject", ""),
          json.value("needed", ""),
          json.value("actual", ""),
          severity_from(json.value("severity", "")),
          text_from(json.value("title", Json::object())),
          text_from(json.value("remedy", Json::object()))};
}

tl::unexpected<Refusal> refuse(Code code, Json details) {
  return tl::make_unexpected(Refusal(code, std::move(details)));
}

tl::unexpected<Refusal> refuse_with(Code code, std::vector<Finding> findings) {
  Json details = {{"count", findings.size()}};
  return tl::make_unexpected(Refusal(code, std::move(details), std::move(findings)));
}

Text label_of(Code code) {
  const RefusalRow& row = refusal_row(code);
  return {label(row.zh, "："), label(row.en, ": ")};
}

Text title_of(const Refusal& refusal) {
  const RefusalRow& row = refusal_row(refusal.code);
  return fill(row.zh, row.en, refusal.details);
}

Text remedy_of(const Refusal& refusal) {
  const RefusalRow& row = refusal_row(refusal.code);
  return fill(row.remedy_zh, row.remedy_en, refusal.details);
}

Finding as_finding(const Refusal& refusal) {
  const auto detail = [&](const char* name) {
    auto it = refusal.details.find(name);
    return it == refusal.details.end() ? std::string() : plain_text(*it);
  };
  return {std::string(refusal_row(refusal.code).name),
          detail("clause"),
          detail("subject"),
          detail("needed"),
          detail("actual"),
          Severity::refuse,
          title_of(refusal),
          remedy_of(refusal)};
}

std::string describe(const Refusal& refusal) {
  std::string out(refusal_row(refusal.code).name);
  out += ": " + title_of(refusal).en;
  if (const auto said = refusal.details.find("internal"); said != refusal.details.end()) {
    out += " (" + plain_text(*said) + ")";
  }
  for (const Finding& f : refusal.findings) out += "; " + f.code + (f.subject.empty() ? "" : " " + f.subject);
  return out;
}

}  // namespace sparkgate
