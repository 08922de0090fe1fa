#include "api/problem.h"

#include <charconv>

namespace sparkgate::api {
namespace {

// "en-GB;q=0.8" → 0.8; a malformed weight counts as 0.
double weight_of(std::string_view item) {
  const size_t at = item.find(";q=");
  if (at == item.npos) return 1;
  double weight = 0;
  std::from_chars(item.data() + at + 3, item.data() + item.size(), weight);
  return weight;
}

}  // namespace

Language preferred_language(std::string_view accept_language) {
  double zh = 0, en = 0;
  while (!accept_language.empty()) {
    const size_t comma = std::min(accept_language.find(','), accept_language.size());
    std::string_view item = accept_language.substr(0, comma);
    accept_language.remove_prefix(std::min(comma + 1, accept_language.size()));
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    if (item.substr(0, 2) == "zh") zh = std::max(zh, weight_of(item));
    if (item.substr(0, 2) == "en") en = std::max(en, weight_of(item));
  }
  return en > zh ? Language::en : Language::zh;
}

std::string_view pick(const Text& text, Language language) { return language == Language::en ? text.en : text.zh; }

Json finding_json(const Finding& finding, Language language) {
  Json json = to_json(finding);
  json["title"] = pick(finding.title, language);
  json["remedy"] = pick(finding.remedy, language);
  return json;
}

Response problem(const Refusal& refusal, Language language) {
  const RefusalRow& row = refusal_row(refusal.code);
  Json body = refusal.details;
  body["type"] = "urn:sparkgate:refusal:" + std::string(row.name);
  body["status"] = row.http_status;
  body["code"] = row.name;
  const Text title = title_of(refusal), remedy = remedy_of(refusal);
  body["title"] = pick(title, language);
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
