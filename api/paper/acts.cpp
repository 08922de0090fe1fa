#include "api/paper/acts.h"

#include <cmath>

#include "workflows/field/provenance.h"
#include "workflows/hot_work_permit/place.h"
#include "workflows/hot_work_permit/roles.h"

namespace sparkgate::api {
namespace {

constexpr size_t k_shown_of_a_key = 16;  // characters of its hash: enough to find it by

std::string first_of(const Json& personal, std::initializer_list<const char*> members) {
  for (const char* member : members) {
    if (const std::string text = personal.is_object() ? text_of(personal, member) : ""; !text.empty()) return text;
  }
  return "";
}

}  // namespace

std::vector<const journal::Logged*> Acts::all(std::string_view event) const {
  std::vector<const journal::Logged*> out;
  for (const journal::Logged& entry : sources_.entries) {
    if (entry.head.type == event) out.push_back(&entry);
  }
  return out;
}

const journal::Logged* Acts::last(std::string_view event) const {
  const auto found = all(event);
  return found.empty() ? nullptr : found.back();
}

std::string Acts::name(const std::string& within) const {
  if (within == "system") return paper_words().say("system", sources_.language);
  return permit::shown_name(sources_.permit, within);
}

std::string Acts::minute(const Json& time) const {
  const auto at = permit::time_of(time);
  return at ? sources_.pack.zone().minute(*at) : "";
}

Time Acts::when(const journal::Logged& act) const {
  const Recorded recorded{act.head.type, act.head.actor, act.head.at, act.facts, act.personal};
  return field::happened(recorded).earliest;
}

// A position is told by how far it lies from the place: that is what it is asked for.
std::string Acts::distance(const journal::Logged& act) const {
  const Json& place = permit::application(sources_.permit, "place");
  Json metres = act.facts.value("on_site_metres", Json());
  if (metres.is_null() && act.personal.is_object() && act.personal.contains("position") && place.is_object()) {
    metres = std::llround(permit::distance_metres(place, act.personal.at("position")));
  }
  if (metres.is_null()) return "";
  return paper_words().say("distance", sources_.language, {{"metres", metres}});
}

PaperMark Acts::mark(const journal::Logged& act, const std::string& said) const {
  PaperMark out;
  out.name = name(act.head.actor);
  out.opinion = first_of(act.personal, {"opinion", "note"});
  if (out.opinion.empty()) out.opinion = said;
  out.when_and_where = sources_.pack.zone().minute(when(act));
  if (const std::string far = distance(act); !far.empty()) out.when_and_where += "\n" + far;
  if (act.facts.contains("signed")) {
    const std::string kid = text_of(act.facts.at("signed"), "kid").substr(0, k_shown_of_a_key);
    out.key = paper_words().say("key", sources_.language, {{"key", kid}});
  }
  return out;
}

}  // namespace sparkgate::api
