// A trial of a pack: on the permits of the last days as they were judged, or on a ledger that is sent along.
#include "api/ascii.h"
#include "api/office.h"
#include "api/packs.h"
#include "api/reading.h"
#include "engine/base/codes.h"
#include "engine/base/schema.h"
#include "engine/journal/logged.h"
#include "workflows/rules/trial.h"

namespace sparkgate::api {
namespace {

constexpr int k_most_permits = 2000;
constexpr int k_permits_a_page = 100;
constexpr size_t k_most_items = 500;

const Schema& wish_schema() {
  static const Schema schema(Json{{"type", "object"},
                                  {"additionalProperties", false},
                                  {"required", {"days"}},
                                  {"properties", {{"days", {{"type", "integer"}, {"minimum", 1}, {"maximum", 366}}}}}});
  return schema;
}

// What has been compared so far.
struct Tally {
  const rules::Pack& pack;
  int permits = 0, decisions = 0, differ = 0;
  bool truncated = false;
  Json items = Json::array();

  void compare(Json named, Json before, Json after) {
    ++decisions;
    Json found = rules::difference(std::move(before), std::move(after));
    if (found.is_null()) return;
    ++differ;
    if (items.size() == k_most_items) {
      truncated = true;
      return;
    }
    found.update(named);
    items.push_back(std::move(found));
  }

  Json json(const char* source) && {
    return {{"of", pack_ref_json(pack)}, {"source", source},     {"permits", permits},
            {"decisions", decisions},    {"differ", differ},     {"unchanged", decisions - differ},
            {"truncated", truncated},    {"items", std::move(items)}};
  }
};

// Each decision of the permit that a version of the same pack made.
void try_on(Tally& tally, const rules::Packs& packs, Reader& reader, const Instance& permit) {
  ++tally.permits;
  for (const journal::Entry& entry : reader.entries(permit.id)) {
    const auto logged = journal::read_entry(entry);
    if (!logged || !logged->facts.contains("decision")) continue;
    const Json& decision = logged->facts.at("decision");
    const Json by = decision.value("pack", Json::object());
    if (text_of(by, "id") != tally.pack.ref().id) continue;
    const std::string stage = text_of(decision, "stage");
    tally.compare({{"permit", permit.id},
                   {"number", permit.data.at("number")},
                   {"stage", stage},
                   {"at", format_time(logged->head.at)}},
                  rules::outcome_of_record(decision, packs.by_digest(text_of(by, "digest"))),
                  rules::outcome_of(tally.pack, stage, decision.at("inputs")));
  }
}

Result<Response> try_on_permits(const Call& call, const rules::Pack& pack) {
  const auto wish = json_body(call.request);
  if (!wish) return tl::make_unexpected(wish.error());
  if (auto fits = wish_schema().check(*wish); !fits) return tl::make_unexpected(fits.error());
  const int days = wish->at("days").get<int>();
  const Time since = call.service.engine.clock().wall() - hours(24) * days;
  auto reader = call.service.engine.read();
  Tally tally{pack};
  ListQuery query;
  query.workflow = "hot_work_permit";
  query.limit = k_permits_a_page;
  const RequestView view(*reader);
  const Workflow* permits = call.service.engine.registry().find(query.workflow);
  for (bool more = true; more;) {
    const ListPage page = reader->list(query);
    more = !page.next.empty();
    query.after = page.next;
    for (const InstancePtr& permit : page.items) {
      const auto created = parse_time(text_of(permit->data, "created_at"));
      more = more && created && *created >= since && tally.permits < k_most_permits;
      if (tally.permits == k_most_permits) tally.truncated = true;
      if (!created || *created < since || tally.permits == k_most_permits) break;
      if (permits->readable(*permit, call.actor(), view)) try_on(tally, call.service.packs, *reader, *permit);
    }
  }
  Json out = std::move(tally).json("permits");
  out["days"] = days;
  return json_response(out);
}

Result<Response> try_on_ledger(const Call& call, const rules::Pack& pack) {
  if (!call.service.options.office) return refuse(Code::not_found);
  auto reader = call.service.engine.read();
  const rules::Pack* now = pack_in_force(call, RequestView(*reader), pack.ref().id);
  if (!now) return refuse(Code::not_found);
  const auto before = call.service.options.office->read_ledger(call.request.body, *now);
  if (!before) return tl::make_unexpected(before.error());
  const auto after = call.service.options.office->read_ledger(call.request.body, pack);
  if (!after) return tl::make_unexpected(after.error());
  Tally tally{pack};
  for (size_t i = 0; i < after->size(); ++i) {
    ++tally.permits;
    tally.compare({{"permit", nullptr}, {"number", (*after)[i].number}, {"stage", "submit"}, {"at", nullptr}},
                  rules::outcome_of(*now, "submit", (*before)[i].facts),
                  rules::outcome_of(pack, "submit", (*after)[i].facts));
  }
  Json out = std::move(tally).json("ledger");
  out["against"] = pack_ref_json(*now);
  return json_response(out);
}

}  // namespace

Result<Response> try_pack(const Call& call) {
  const auto pack = named_pack(call);
  if (!pack) return tl::make_unexpected(pack.error());
  const std::string type = to_lower(trim_blanks(call.request.header("content-type")));
  return type == "application/zip" ? try_on_ledger(call, **pack) : try_on_permits(call, **pack);
}

}  // namespace sparkgate::api
