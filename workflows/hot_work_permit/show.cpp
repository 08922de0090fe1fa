#include "workflows/hot_work_permit/show.h"

#include <algorithm>

#include "workflows/access.h"
#include "workflows/hot_work_permit/field.h"
#include "workflows/hot_work_permit/labels.h"
#include "workflows/hot_work_permit/roles.h"

namespace sparkgate::permit {
namespace {

Json names_of(const Instance& permit) {
  Json out = Json::object();
  for (const auto& [name, person] : people_of(permit).items()) out[name] = {{"name", text_of(person, "name")}};
  return out;
}

void mask(Json& numbers) {
  for (Json& number : numbers) {
    if (number.is_string()) number = masked(number.get_ref<const std::string&>());
    if (number.is_array()) mask(number);
  }
}

Json numbers_for(const Instance& permit, const Actor& reader) {
  Json numbers = permit.personal->at("numbers");
  const auto& roles = roles_that_see_numbers();
  const auto holds = [&](const std::string& role) { return holds_role(permit, reader, role); };
  if (!reader.system && std::none_of(roles.begin(), roles.end(), holds)) mask(numbers);
  return numbers;
}

}  // namespace

Json shown(const Instance& permit, const Actor& reader, const rules::Pack* pack, const View& view) {
  Json out = permit.data;
  out.erase("field");  // for the engine to know repeats by
  if (out.contains("conflicts")) out["conflicts"] = conflicts_of(permit);
  const Json photos = permit.personal->value("photos", Json::object());
  for (const auto& [photo, is_first] : photos.items()) out["photos"].push_back(photo);
  out["people"] = names_of(permit);
  if (const std::string me = name_within(permit, reader); !me.empty()) out["me"] = me;
  if (permit.personal->contains("numbers")) out["numbers"] = numbers_for(permit, reader);
  out["labels"] = labels_of(permit, pack, view);
  out["due"] = due_of(permit, pack);
  return out;
}

}  // namespace sparkgate::permit
