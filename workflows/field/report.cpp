#include "workflows/field/report.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "engine/base/embedded.h"
#include "workflows/signing/signature.h"

namespace sparkgate::field {
namespace {

constexpr size_t k_max_payload_bytes = 4096;
constexpr size_t k_digest_characters = 16;

Reading reading_of(const Json& json) { return {text_of(json, "boot"), json.at("monotonic_ms").get<int64_t>()}; }

Result<Claim> read_claim(const Json& json, const std::string& kid) {
  Claim out;
  out.id = text_of(json, "id");
  out.seq = json.at("seq").get<int64_t>();
  out.permit = text_of(json, "permit");
  out.event = text_of(json, "event");
  out.payload = json.at("payload");
  out.at = reading_of(json);
  out.mark = text_of(json.at("seen"), "mark");
  out.mark_at = reading_of(json.at("seen"));
  out.signature = text_of(json, "signature");
  Json rest = json;
  rest.erase("signature");
  rest["device"] = kid;
  out.text = canonical(rest);
  auto wall = parse_time(text_of(json, "wall"));
  if (!wall) {
    wall.error().details["path"] = "/wall";
    return tl::make_unexpected(wall.error());
  }
  out.wall = *wall;
  if (canonical(out.payload).size() <= k_max_payload_bytes) return out;
  return refuse(Code::payload_invalid,
                {{"path", "/payload"}, {"reason", bilingual("超过 4096 字节", "is longer than 4096 bytes")}});
}

// The server's time that the event was signed in sight of.
Result<Time> seen_by(const Claim& claim, const keys::PersonKey& key, Marks& marks, std::string_view account,
                     Time now) {
  const auto stands = signing::check_signature(key, claim.text, {{"signature", claim.signature}}, {});
  if (!stands) return tl::make_unexpected(stands.error());
  return marks.read(claim.mark, account, now);
}

}  // namespace

std::string digest_of(std::string_view text) { return hex(sha256(text)).substr(0, k_digest_characters); }

const Json& sync_schema() {
  static const Json schema = Json::parse(embedded("workflows/field/sync.schema.json"));
  return schema;
}

Result<Report> read_report(const Json& body) {
  static const Schema schema(sync_schema());
  if (auto fits = schema.check(body); !fits) return tl::make_unexpected(fits.error());
  Report out{text_of(body.at("device"), "kid"), reading_of(body.at("device")), {}, {}};
  for (const Json& mark : body.value("marks", Json::array())) {
    out.marks.push_back({text_of(mark, "mark"), reading_of(mark)});
  }
  for (const Json& event : body.at("events")) {
    auto claim = read_claim(event, out.kid);
    if (!claim) {
      Json& path = claim.error().details["path"];
      path = "/events/" + std::to_string(out.events.size()) + path.get<std::string>();
      return tl::make_unexpected(claim.error());
    }
    out.events.push_back(std::move(*claim));
  }
  std::stable_sort(out.events.begin(), out.events.end(), [](const auto& a, const auto& b) { return a.seq < b.seq; });
  return out;
}

Result<std::vector<Result<Placing>>> place(const Report& report, const keys::PersonKey& key, Marks& marks,
                                           std::string_view account, Time now) {
  std::vector<Mark> seen;
  for (const SeenMark& mark : report.marks) {
    const auto time = marks.read(mark.mark, account, now);
    if (!time) return tl::make_unexpected(time.error());
    seen.push_back({*time, mark.at});
  }
  std::vector<Result<Placing>> out;
  std::vector<Reported> events;
  std::vector<size_t> positions;
  for (const Claim& claim : report.events) {
    const auto time = seen_by(claim, key, marks, account, now);
    out.push_back(time ? Result<Placing>(Placing()) : tl::make_unexpected(time.error()));
    if (!time) continue;
    events.push_back({claim.seq, claim.at, {*time, claim.mark_at}, claim.wall});
    positions.push_back(out.size() - 1);
  }
  const auto placed = place(events, seen, report.at, now);
  for (size_t i = 0; i < placed.size(); ++i) out[positions[i]] = placed[i];
  return out;
}

}  // namespace sparkgate::field
