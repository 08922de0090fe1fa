#include "api/problem.h"

#include <algorithm>
#include <charconv>

namespace sparkgate::api {
namespace {

// Without blanks and in lower case: "en-GB; q=0.8" → "en-gb;q=0.8".
std::string compact(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\t') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

// "en-gb;q=0.8" → 0.8; a malformed weight counts as 0.
double weight_of(std::string_view range) {
  const size_t at = range.find(";q=");
  if (at == range.npos) return 1;
  double weight = 0;
  std::from_chars(range.data() + at + 3, range.data() + range.size(), weight);
  return weight;
}

// "en", "en-gb;q=0.8"; not "enm".
bool names(std::string_view range, std::string_view language) {
  return range.starts_with(language) && (range.size() == 2 || range[2] == '-' || range[2] == ';');
}

}  // namespace

Language preferred_language(std::string_view accept_language) {
  const std::string ranges = compact(accept_language);
  double zh = 0, en = 0;
  for (size_t at = 0; at < ranges.size();) {
    const size_t comma = std::min(ranges.find(',', at), ranges.size());
    const std::string_view range = std::string_view(ranges).substr(at, comma - at);
    if (names(range, "zh")) zh = std::max(zh, weight_of(range));
    if (names(range, "en")) en = std::max(en, weight_of(range));
    at = comma + 1;
  }
  return en > zh ? Language::en : Language::zh;
}

Json finding_json(const Finding& finding, Language language) { return in_language(to_json(finding), language); }

Response problem(const Refusal& refusal, Language language) {
  const RefusalRow& row = refusal_row(refusal.code);
  Json body = in_language(refusal.details, language);
  body.erase("internal");
  body["type"] = "urn:sparkgate:refusal:" + std::string(row.name);
  body["status"] = row.http_status;
  body["code"] = row.name;
  const Text title = label_of(refusal.code), detail = title_of(refusal), remedy = remedy_of(refusal);
  body["title"] = pick(title, language);
  body["detail"] = pick(detail, language);
  body["remedy"] = pick(remedy, language);
  if (!refusal.findings.empty()) {
    Json& findings = body["findings"] = Json::array();
    for (const Finding& finding : refusal.findings) findings.push_back(finding_json(finding, language));
  }
  Response response;
  response.status = row.http_status;
  response.content_type = "application/problem+json; charset=utf-8";
  response.body = body.dump();
  response.headers.emplace_back("Content-Language", language == Language::en ? "en" : "zh");
  return response;
}

}  // namespace sparkgate::api
