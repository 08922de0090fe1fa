#include "api/preview.h"

#include "api/reading.h"
#include "engine/base/codes.h"
#include "workflows/hot_work_permit/preview.h"

namespace sparkgate::api {
namespace {

// What was typed: what fits the schema, what does not and counts as not given, and what the schema still demands.
struct Typed {
  Json application;
  Json invalid = Json::array();
  std::vector<std::string> lacking;
};

// "/operators/0" → "/operators", "/place/longitude/x" → "/place/longitude": a member is given or not, as a whole.
std::string member_of(const std::string& path) {
  const std::string_view place = "/place/";
  const size_t from = path.starts_with(place) ? place.size() : 1;
  return path.substr(0, path.find('/', from));
}

// A member that no application has is a mistake of the program that asks, not of whoever types.
bool is_known(const Json& schema, const std::string& member) {
  const Json& definition = schema.at("definitions").at("application");
  const std::string place = "/place/";
  const Json& known = member.starts_with(place) ? definition.at("properties").at("place") : definition;
  return known.at("properties").contains(member.substr(member.rfind('/') + 1));
}

// As the schema lists what it demands, which is the order of the form.
void sort_as_required(const Json& schema, std::vector<std::string>& lacking) {
  const Json& definition = schema.at("definitions").at("application");
  std::vector<std::string> order;
  for (const Json& name : definition.at("required")) {
    order.push_back("/" + name.get<std::string>());
    if (name != "place") continue;
    for (const Json& part : definition.at("properties").at("place").at("required")) {
      order.push_back("/place/" + part.get<std::string>());
    }
  }
  const auto rank = [&](const std::string& path) { return std::find(order.begin(), order.end(), path); };
  std::sort(lacking.begin(), lacking.end(),
            [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
}

Result<Typed> as_typed(const Registry& registry, const Workflow& permits, Json body) {
  const EventSpec& create = *permits.description().creating_event();
  if (body.is_object() && !body.value("place", Json()).is_object()) body["place"] = Json::object();
  Typed out;
  out.application = std::move(body);
  for (;;) {
    const auto fits = registry.check(permits, create.name, out.application);
    if (fits) return out;
    if (!out.application.is_object()) return tl::make_unexpected(fits.error());
    out.lacking.clear();
    bool has_shrunk = false;
    for (const Json& error : fits.error().details.at("errors")) {
      const std::string path = text_of(error, "path"), member = member_of(path);
      if (!out.application.contains(Json::json_pointer(member))) {
        out.lacking.push_back(member);
        continue;
      }
      if (!is_known(create.payload_schema, member)) return tl::make_unexpected(fits.error());
      Json& holder = member.starts_with("/place/") ? out.application["place"] : out.application;
      holder.erase(member.substr(member.rfind('/') + 1));
      out.invalid.push_back({{"path", path}, {"reason", error.at("reason")}});
      has_shrunk = true;
    }
    if (has_shrunk) continue;
    sort_as_required(create.payload_schema, out.lacking);
    return out;
  }
}

}  // namespace

Result<Response> preview_permit(const Call& call) {
  Service& service = call.service;
  auto body = json_body(call.request);
  if (!body) return tl::make_unexpected(body.error());
  const Workflow& permits = *service.engine.registry().by_collection("permits");
  const auto typed = as_typed(service.engine.registry(), permits, std::move(*body));
  if (!typed) return tl::make_unexpected(typed.error());
  auto reader = service.engine.read();
  const RequestView view(*reader);
  const permit::Settings settings;
  const Json preview = permit::preview_of({typed->application, typed->lacking},
                                          {service.packs, settings, call.actor(), view, service.engine.clock().wall()});
  Json out = in_language(preview, call.language);
  out["invalid"] = in_language(typed->invalid, call.language);
  return json_response(out);
}

}  // namespace sparkgate::api
