#include "tests/support/permit_states.h"

namespace sparkgate::test {
namespace {

// How each early end is reached: from where, and by what; "": by the end of the window.
const std::map<std::string, std::pair<std::string, std::string>> k_ends = {{"Rejected", {"UnderReview", "reject"}},
                                                                           {"Withdrawn", {"UnderReview", "withdraw"}},
                                                                           {"Revoked", {"Approved", "revoke"}},
                                                                           {"Expired", {"Approved", ""}}};

std::string ended(Town& town, const std::string& from, const std::string& event) {
  const std::string id = town.draft();
  town.lead(id, from);
  if (event.empty()) {
    town.clock.advance(hours(10));
    if (!town.engine().tick()) throw std::runtime_error("no timer fires");
  } else {
    town.must(event == "withdraw" ? "applicant" : "supervisor1", id, event, town.payload(id, event));
  }
  return id;
}

// A hold placed and released lies behind it: what has been must not show.
void pause_once(Town& town, const std::string& id) {
  town.must("supervisor1", id, "suspend", {{"reason", "试验"}});
  town.must("supervisor1", id, "release_hold", {{"hold", 1}, {"reason", "试验"}});
  town.must("applicant", id, "resume");
}

std::string submitted(Town& town, const Json& application) {
  const std::string id = town.draft(application);
  town.must("applicant", id, "submit");
  return id;
}

}  // namespace

std::string permit_in(Town& town, const std::string& state) {
  if (state == "QualificationCheck") {
    Json application = town.application();
    application.erase("tank_bund");  // unknown: a person must decide
    return submitted(town, application);
  }
  if (state == "Returned") return submitted(town, town.application({{"operators", {"T500230199506180642"}}}));
  const auto end = k_ends.find(state);
  if (end != k_ends.end()) return ended(town, end->second.first, end->second.second);
  if (state == "Suspended") {
    const std::string id = permit_in(town, "InProgress");
    town.must("applicant", id, "suspend", {{"reason", "午休"}});
    return id;
  }
  const std::string id = town.draft();
  town.lead(id, state);
  if (state == "UnderReview") town.must("site_owner", id, "consent", town.payload(id, "consent"));
  if (state == "SiteReady") town.make_site_fit(id);
  if (state == "InProgress") pause_once(town, id);
  if (state == "FireWatch") town.clock.advance(minutes(60));
  return id;
}

}  // namespace sparkgate::test
