#include "workflows/photos.h"

namespace sparkgate {
namespace {

void add_text(const Json& value, std::vector<std::string>& out) {
  if (value.is_string()) out.push_back(value.get<std::string>());
}

void collect(const Json& holder, std::vector<std::string>& out) {
  if (!holder.is_structured()) return;
  for (const auto& [member, value] : holder.items()) {
    if (member == "photo") add_text(value, out);
    if (member == "photos" && value.is_array()) {
      for (const Json& photo : value) add_text(photo, out);
    }
    collect(value, out);
  }
}

}  // namespace

std::vector<std::string> photos_in(const Json& holder) {
  std::vector<std::string> out;
  collect(holder, out);
  return out;
}

}  // namespace sparkgate
