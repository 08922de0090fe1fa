#include "api/paper/signatures.h"

#include <algorithm>

namespace sparkgate::api {
namespace {

enum Which { by_hand, last_one, each, each_person, steps };
struct StepRow {
  std::string_view event;  // also the label among the words, and with ".said" what the act itself says
  Which which;
};
// What the service does not ask anybody to do is signed by hand. An optional step stands there once it was done.
constexpr StepRow k_steps[] = {
    {"briefing_given", by_hand},
    {"briefing_accepted", each_person},
    {"watch_checked_in", last_one},
    {"take_over_watch", each},
    {"in_charge", by_hand},
    {"consent", last_one},
    {"approve", steps},
    {"confirm_site", last_one},
    {"pre_start_check", last_one},
    {"revalidate", each},
    {"complete_watch", last_one},
    {"accept", last_one},
};

class Signatures {
 public:
  Signatures(const PaperSources& sources, const Acts& acts) : sources_(sources), acts_(acts) {}

  std::vector<PaperSignature> all() {
    for (const StepRow& row : k_steps) add(row);
    return std::move(out_);
  }

 private:
  std::string word(std::string_view key) const { return paper_words().say(key, sources_.language); }

  void add(const StepRow& row) {
    if (row.which == steps) return add_approvals();
    const std::string label = word(row.event);
    std::vector<const journal::Logged*> acts = row.which == by_hand ? decltype(acts)() : acts_.all(row.event);
    if (row.which == last_one && acts.size() > 1) acts = {acts.back()};
    if (row.event == "consent" && !sources_.permit.data.contains("consent")) acts.clear();  // of an earlier scope
    if (row.which == each_person) keep_last_of_each(acts);
    for (const journal::Logged* act : acts) out_.push_back({label, acts_.mark(*act, said(*act))});
    if (acts.empty() && row.which != each) out_.push_back({label, {}});
  }

  std::string said(const journal::Logged& act) const {
    const Json differs = act.facts.value("differs", Json::array());
    if (differs.empty()) {
      const std::string key = act.head.type + ".said";
      return paper_words().has(key) ? word(key) : "";
    }
    std::string items;
    for (const Json& item : differs) {
      for (const Json& known : sources_.pack.pre_start()) {
        if (known.at("code") != item) continue;
        items += (items.empty() ? "" : word("sep")) + text_of(known, sources_.language == Language::en ? "en" : "zh");
      }
    }
    return paper_words().say(act.head.type + ".differs", sources_.language, {{"items", items}});
  }

  static void keep_last_of_each(std::vector<const journal::Logged*>& acts) {
    std::vector<const journal::Logged*> out;
    for (auto act = acts.rbegin(); act != acts.rend(); ++act) {
      const auto same = [&](const journal::Logged* other) { return other->head.actor == (*act)->head.actor; };
      if (std::none_of(out.begin(), out.end(), same)) out.insert(out.begin(), *act);
    }
    acts = std::move(out);
  }

  // What was approved of an earlier scope does not count: the permit's own data know which approvals stand.
  void add_approvals() {
    const Json given = sources_.permit.data.value("approvals", Json::array());
    for (const Json& step : sources_.permit.data.value("approval_steps", Json::array())) {
      const std::string label = text_of(step, sources_.language == Language::en ? "en" : "zh");
      const auto stands = std::find_if(given.begin(), given.end(),
                                       [&](const Json& approval) { return approval.at("step") == step.at("code"); });
      const journal::Logged* act = stands == given.end() ? nullptr : approval_of(text_of(step, "code"));
      out_.push_back({label, act ? acts_.mark(*act) : PaperMark()});
    }
  }

  const journal::Logged* approval_of(const std::string& step) const {
    const journal::Logged* found = nullptr;
    for (const journal::Logged* act : acts_.all("approve")) {
      if (text_of(act->facts, "step") == step) found = act;
    }
    return found;
  }

  const PaperSources& sources_;
  const Acts& acts_;
  std::vector<PaperSignature> out_;
};

}  // namespace

std::vector<PaperSignature> paper_signatures(const PaperSources& sources, const Acts& acts) {
  return Signatures(sources, acts).all();
}

}  // namespace sparkgate::api
