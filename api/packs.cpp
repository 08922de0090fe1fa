#include "api/packs.h"

#include <set>

#include "api/events.h"
#include "api/office.h"
#include "api/query.h"
#include "api/reading.h"
#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/rule_packs/in_force.h"
#include "workflows/rules/diff.h"

namespace sparkgate::api {
namespace {

// Uploads by digest; of several of one digest the one that was not discarded, else the newest.
std::map<std::string, InstancePtr> uploads(Reader& reader) {
  std::map<std::string, InstancePtr> out;
  ListQuery query;
  query.workflow = rule_packs::k_name;
  query.limit = 200;
  for (;;) {
    const ListPage page = reader.list(query);
    for (const InstancePtr& upload : page.items) {
      InstancePtr& known = out[text_of(upload->data, "digest")];
      if (!known || upload->state != "Discarded") known = upload;
    }
    if (page.next.empty()) return out;
    query.after = page.next;
  }
}

Json activations_of(const InstancePtr& upload) {
  Json out = Json::array();
  if (!upload) return out;
  for (const Json& activation : upload->data.value("activations", Json::array())) {
    out.push_back({{"from", activation.at("from")}, {"at", activation.at("at")}});
  }
  return out;
}

struct Listing {
  const Call& call;
  const View& view;
  std::set<std::string> offered;

  Json item(const rules::Pack& pack, const InstancePtr& upload) const {
    Json out = pack_ref_json(pack);
    for (const char* name : {"zh", "en"}) out[name] = pack.json().at(name);
    out["latest"] = &pack == call.service.packs.latest(pack.ref().id);
    out["in_force"] = &pack == pack_in_force(call, view, pack.ref().id);
    out["built_in"] = offered.contains(pack.ref().digest);
    out["instance"] = upload ? Json(upload->id) : Json();
    out["state"] = upload ? Json(upload->state) : Json();
    out["activations"] = activations_of(upload);
    return out;
  }
};

}  // namespace

Json pack_ref_json(const rules::Pack& pack) {
  const rules::PackRef& ref = pack.ref();
  return {{"id", ref.id}, {"version", ref.version}, {"digest", ref.digest}};
}

const rules::Pack* pack_in_force(const Call& call, const View& view, std::string_view id) {
  return rule_packs::in_force(view, call.service.packs, id, call.service.engine.clock().wall());
}

Result<const rules::Pack*> named_pack(const Call& call) {
  const rules::Pack* pack = call.service.packs.by_digest(call.parameter("id"));
  if (!pack) return refuse(Code::not_found);
  return pack;
}

Result<Response> list_packs(const Call& call) {
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  auto uploaded = uploads(*reader);
  Listing listing{call, view, {}};
  Json items = Json::array();
  const auto offered = call.service.packs.list();
  for (const rules::Pack* pack : offered) listing.offered.insert(pack->ref().digest);
  for (const rules::Pack* pack : offered) {
    const auto upload = uploaded.find(pack->ref().digest);
    items.push_back(listing.item(*pack, upload == uploaded.end() ? nullptr : upload->second));
  }
  const bool is_admin = has_role_somewhere(call.actor(), {"admin"});
  for (const auto& [digest, upload] : uploaded) {
    const rules::Pack* pack = call.service.packs.by_digest(digest);
    const bool is_shown = pack && (is_admin || upload->state == "Activated");
    if (is_shown && !listing.offered.contains(digest)) items.push_back(listing.item(*pack, upload));
  }
  return json_response({{"items", std::move(items)}});
}

// By its name the one in force, by its digest that one, by the id of its upload what became of that.
Result<Response> get_pack(const Call& call) {
  const std::string_view id = call.parameter("id");
  const rules::Pack* pack = call.service.packs.by_digest(id);
  if (!pack) {
    auto reader = call.service.engine.read();
    pack = pack_in_force(call, RequestView(*reader), id);
  }
  if (pack) return json_response({{"digest", pack->ref().digest}, {"pack", pack->json()}});
  Call as_instance = call;
  as_instance.parameters.emplace_back("collection", "packs");
  return get_instance(as_instance);
}

Result<Response> draft_pack(const Call& call) {
  if (!call.service.options.office) return refuse(Code::not_found);
  const auto json = json_body(call.request);
  if (!json) return tl::make_unexpected(json.error());
  const auto pack = call.service.options.office->take_pack(call.request.body);
  if (!pack) return tl::make_unexpected(pack.error());
  const Workflow* workflow = call.service.engine.registry().find(rule_packs::k_name);
  const std::string& digest = (*pack)->ref().digest;
  return create_by_route(call, *workflow, "draft", {{"digest", digest}},
                         {{"digest", digest}, {"pack", pack_ref_json(**pack)}});
}

Result<Response> diff_pack(const Call& call) {
  const auto query = Query::of(call.request, {"against"});
  if (!query) return tl::make_unexpected(query.error());
  const auto pack = named_pack(call);
  if (!pack) return tl::make_unexpected(pack.error());
  const std::string against = query->text("against");
  const rules::Pack* other = nullptr;
  if (against.empty()) {
    auto reader = call.service.engine.read();
    other = pack_in_force(call, RequestView(*reader), (*pack)->ref().id);
  } else {
    other = call.service.packs.by_digest(against);
  }
  if (!other) return refuse(Code::not_found);
  Json changes = rules::differences(*other, **pack);
  Json counts = {{"added", 0}, {"removed", 0}, {"changed", 0}};
  for (const Json& change : changes) {
    Json& count = counts[text_of(change, "change")];
    count = count.get<int>() + 1;
  }
  return json_response({{"of", pack_ref_json(**pack)},
                        {"against", pack_ref_json(*other)},
                        {"counts", std::move(counts)},
                        {"changes", std::move(changes)}});
}

}  // namespace sparkgate::api
