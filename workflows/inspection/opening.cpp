#include "workflows/inspection/opening.h"

#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/hot_work_permit/place.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/hot_work_permit/site.h"
#include "workflows/inspection/checklist.h"
#include "workflows/inspection/conditions.h"
#include "workflows/inspection/description.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::inspection {
namespace {

constexpr const char* k_permits = "hot_work_permit";

tl::unexpected<Refusal> unknown(const char* member, const std::string& value) {
  return refuse(Code::unknown_reference, {{"path", std::string("/") + member}, {"value", value}});
}

// A place is named in one way: by the notice posted there, by the permit, or itself where nobody has one.
Result<void> check_place_named(const Json& payload) {
  const int ways = payload.contains("notice_code") + payload.contains("permit") + payload.contains("area");
  if (ways == 1) return {};
  return refuse(Code::payload_invalid,
                {{"path", ""},
                 {"reason", bilingual("须给出 notice_code、permit、area 之一，且只给出一个",
                                      "exactly one of notice_code, permit and area is needed")}});
}

bool inspects(const Actor& actor, const Json& areas) { return actor.system || !acting_role(actor, areas).empty(); }

// Null when none is named. A notice is posted for all to see; an id tells those outside the area nothing.
Result<InstancePtr> named_permit(const Deciding& d) {
  const View& view = d.situation.view;
  const Actor& actor = d.situation.actor;
  if (d.payload.contains("notice_code")) {
    const std::string code = text_of(d.payload, "notice_code");
    const auto found = view.linked(k_permits, "notice_code", code);
    if (found.empty()) return unknown("notice_code", code);
    if (!inspects(actor, found.front()->data.at("areas"))) return refuse_role(inspectors());
    return found.front();
  }
  if (!d.payload.contains("permit")) return InstancePtr();
  const std::string id = text_of(d.payload, "permit");
  InstancePtr found = view.find(id);
  const bool is_seen = found && found->workflow == k_permits && inspects(actor, found->data.at("areas"));
  if (!is_seen) return unknown("permit", id);
  return found;
}

// The state that the inspector was shown: the leaf hash binds all that the log says of the permit up to then.
Json as_seen(const Instance& permit) {
  return {{"id", permit.id},
          {"number", permit.data.at("number")},
          {"state", permit.state},
          {"version", permit.version},
          {"head", hex(permit.head)},
          {"grade", permit.data.value("grade", "")},
          {"starts", permit::application(permit, "starts")},
          {"ends", permit::application(permit, "ends")},
          {"watch_on_site", permit::is_watch_on_site(permit)},
          {"holds", permit.data.value("holds", Json::array()).size()}};
}

void take_checklist(Deciding& d, const rules::Pack& pack, bool has_permit) {
  const rules::PackRef& ref = pack.ref();
  d.decision.facts["pack"] = {{"id", ref.id}, {"version", ref.version}, {"digest", ref.digest}};
  d.decision.facts["items"] = items_of(pack, has_permit);
}

void place_at_permit(Deciding& d, const Instance& permit) {
  Json& facts = d.decision.facts;
  facts["permit"] = as_seen(permit);
  for (const char* member : {"area", "unit", "owner_unit"}) facts[member] = permit::application(permit, member);
  facts["address"] = permit::application(permit, "place").at("address");
  facts["areas"] = permit.data.at("areas");
}

Result<void> place_where_nobody_has_one(Deciding& d) {
  const std::string area = text_of(d.payload, "area");
  if (!registry::find_one(d.situation.view, "area", area)) return unknown("area", area);
  const Json areas = area_chain(area, d.situation.view);
  if (!inspects(d.situation.actor, areas)) return refuse_role(inspectors());
  for (const char* member : {"area", "address", "unit"}) {
    if (d.payload.contains(member)) d.decision.facts[member] = d.payload.at(member);
  }
  d.decision.facts["areas"] = areas;
  return {};
}

Result<void> begin_at_permit(Deciding& d, const Instance& permit) {
  if (auto apart = check_apart(permit, d.situation.actor); !apart) return apart;
  const auto pack = checklist_pack(&permit, d.situation, d.packs, d.default_pack);
  if (!pack) return tl::make_unexpected(pack.error());
  const double fence = geofence_metres(permit, **pack);
  const auto distance = permit::check_on_site(permit::application(permit, "place"), d.payload, fence, false);
  if (!distance) return tl::make_unexpected(distance.error());
  d.decision.facts["on_site_metres"] = *distance;
  take_checklist(d, **pack, true);
  return {};
}

Result<void> begin_where_nobody_has_one(Deciding& d) {
  if (!d.payload.contains("position")) return refuse(Code::position_required);
  const auto pack = checklist_pack(nullptr, d.situation, d.packs, d.default_pack);
  if (!pack) return tl::make_unexpected(pack.error());
  take_checklist(d, **pack, false);
  return {};
}

void take_personal(Deciding& d) {
  for (const char* member : {"position", "photos", "note"}) {
    if (d.payload.contains(member)) d.decision.personal[member] = d.payload.at(member);
  }
}

// Null where nobody has a permit.
Result<InstancePtr> place(Deciding& d) {
  if (auto named = check_place_named(d.payload); !named) return tl::make_unexpected(named.error());
  auto permit = named_permit(d);
  if (!permit) return permit;
  take_personal(d);
  if (*permit) return place_at_permit(d, **permit), permit;
  if (auto placed = place_where_nobody_has_one(d); !placed) return tl::make_unexpected(placed.error());
  return permit;
}

Result<void> begin_at(Deciding& d, const Instance* permit) {
  return permit ? begin_at_permit(d, *permit) : begin_where_nobody_has_one(d);
}

}  // namespace

Result<void> open_inspection(Deciding& d) {
  const auto permit = place(d);
  return permit ? begin_at(d, permit->get()) : tl::make_unexpected(permit.error());
}

Result<void> refer_inspection(Deciding& d) {
  const auto permit = place(d);
  return permit ? Result<void>() : tl::make_unexpected(permit.error());
}

Result<void> begin_inspection(Deciding& d) {
  const InstancePtr permit = permit_of(d.situation.instance, d.situation.view);
  take_personal(d);
  if (permit) d.decision.facts["permit"] = as_seen(*permit);
  return begin_at(d, permit.get());
}

}  // namespace sparkgate::inspection
