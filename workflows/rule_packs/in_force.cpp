#include "workflows/rule_packs/in_force.h"

namespace sparkgate::rule_packs {

const rules::Pack* in_force(const View& view, const rules::Packs& packs, std::string_view id, Time at) {
  const rules::Pack* best = packs.latest(id);
  Time since{};
  for (const InstancePtr& upload : view.linked(k_name, "pack_id", id)) {
    for (const Json& activation : upload->data.value("activations", Json::array())) {
      const auto from = parse_time(text_of(activation, "from"));
      if (!from || *from > at || *from < since) continue;
      if (const rules::Pack* pack = packs.by_digest(text_of(upload->data, "digest"))) {
        best = pack;
        since = *from;
      }
    }
  }
  return best;
}

InstancePtr upload_of(const View& view, std::string_view digest) {
  for (InstancePtr& upload : view.linked(k_name, "digest", digest)) {
    if (upload->state != "Discarded") return std::move(upload);
  }
  return nullptr;
}

}  // namespace sparkgate::rule_packs
