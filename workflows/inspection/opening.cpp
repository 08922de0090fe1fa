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

// Null when none is named. A notice is posted for all to see; an id tells those outside the area nothing.
Result<InstancePtr> named_permit(const Deciding& d) {
  const View& view = d.situation.view;
  if (d.payload.contains("notice_code")) {
    const std::string code = text_of(d.payload, "notice_code");
    const auto found = view.linked(k_permits, "notice_code", code);
    if (found.empty()) return unknown("notice_code", code);
    if (acting_role(d.situation.actor, found.front()->data.at("areas")).empty()) return refuse_role(inspectors());
    return found.front();
  }
  if (!d.payload.contains("permit")) return InstancePtr();
  const std::string id = text_of(d.payload, "permit");
  InstancePtr found = view.find(id);
  const bool is_seen =
      found && found->workflow == k_permits && !acting_role(d.situation.actor, found->data.at("areas")).empty();
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

Result<void> open_at_permit(Deciding& d, const Instance& permit) {
  if (auto apart = check_apart(permit, d.situation.actor); !apart) return apart;
  const auto pack = checklist_pack(&permit, d.situation, d.packs, d.default_pack);
  if (!pack) return tl::make_unexpected(pack.error());
  const double fence = geofence_metres(permit, **pack);
  const auto distance = permit::check_on_site(permit::application(permit, "place"), d.payload, fence, false);
  if (!distance) return tl::make_unexpected(distance.error());
  Json& facts = d.decision.facts;
  facts["permit"] = as_seen(permit);
  facts["on_site_metres"] = *distance;
  for (const char* member : {"area", "unit", "owner_unit"}) facts[member] = permit::application(permit, member);
  facts["address"] = permit::application(permit, "place").at("address");
  facts["areas"] = permit.data.at("areas");
  take_checklist(d, **pack, true);
  return {};
}

Result<void> open_at_place(Deciding& d) {
  const std::string area = text_of(d.payload, "area");
  if (!registry::find_one(d.situation.view, "area", area)) return unknown("area", area);
  const Json areas = area_chain(area, d.situation.view);
  if (acting_role(d.situation.actor, areas).empty()) return refuse_role(inspectors());
  if (!d.payload.contains("position")) return refuse(Code::position_required);
  const auto pack = checklist_pack(nullptr, d.situation, d.packs, d.default_pack);
  if (!pack) return tl::make_unexpected(pack.error());
  for (const char* member : {"area", "address", "unit"}) {
    if (d.payload.contains(member)) d.decision.facts[member] = d.payload.at(member);
  }
  d.decision.facts["areas"] = areas;
  take_checklist(d, **pack, false);
  return {};
}

}  // namespace

Result<void> open_inspection(Deciding& d) {
  if (auto named = check_place_named(d.payload); !named) return named;
  const auto permit = named_permit(d);
  if (!permit) return tl::make_unexpected(permit.error());
  for (const char* member : {"position", "photos", "note"}) {
    if (d.payload.contains(member)) d.decision.personal[member] = d.payload.at(member);
  }
  return *permit ? open_at_permit(d, **permit) : open_at_place(d);
}

}  // namespace sparkgate::inspection
