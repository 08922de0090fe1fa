#include "api/paper/record.h"

#include "api/paper/acts.h"
#include "api/paper/signatures.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::api {
namespace {

constexpr size_t k_most_samples = 600, k_most_signatures = 300;  // rows on one paper

template <class T>
size_t keep_newest(std::vector<T>& rows, size_t most) {
  const size_t extra = rows.size() > most ? rows.size() - most : 0;
  rows.erase(rows.begin(), rows.begin() + static_cast<ptrdiff_t>(extra));
  return extra;
}

class Record {
 public:
  explicit Record(const PaperSources& sources)
      : sources_(sources),
        permit_(sources.permit),
        application_(sources.permit.data.at("application")),
        acts_(sources) {}

  PaperRecord all() {
    add_parties();
    add_work();
    add_people();
    add_times();
    add_gas();
    add_measures();
    out_.signatures = paper_signatures(sources_, acts_);
    out_.signatures_left_out = keep_newest(out_.signatures, k_most_signatures);
    add_copies();
    return std::move(out_);
  }

 private:
  std::string word(std::string_view key) const { return paper_words().say(key, sources_.language); }
  std::string word(std::string_view key, const Json& details) const {
    return paper_words().say(key, sources_.language, details);
  }
  std::string text(const Json& both) const { return text_of(both, sources_.language == Language::en ? "en" : "zh"); }

  std::string joined(const std::vector<std::string>& parts, std::string_view by = "sep") const {
    std::string out;
    for (const std::string& part : parts) {
      if (!part.empty()) out += (out.empty() ? "" : word(by)) + part;
    }
    return out;
  }
  std::string joined(const Json& parts) const { return joined(parts.get<std::vector<std::string>>(), "name_and_sep"); }

  std::string registered(std::string_view kind, std::string_view key, std::string_view member) const {
    const auto found = registry::find_one(sources_.view, kind, key);
    return found ? registry::member_of(*found, member) : "";
  }

  void add_parties() {
    const std::string unit = registered("unit", text_of(application_, "unit"), "name");
    out_.fields["applying_unit"] = out_.fields["working_unit"] = unit;
    out_.fields["owner_unit"] = registered("unit", text_of(application_, "owner_unit"), "name");
  }

  void add_work() {
    out_.fields["work"] = text_of(application_, "work");
    out_.fields["address"] = place();
    out_.fields["method"] = text(sources_.pack.json().at("methods").at(text_of(application_, "method")));
    out_.fields["grade"] = grade();
    out_.fields["hazards"] = joined(application_.value("hazards", Json::array()));
    out_.fields["related"] = joined(application_.value("special_works", Json::array()));
    std::vector<std::string> machines;
    for (const Json& code : application_.value("machines", Json::array())) {
      const std::string kind = registered("machine", code.get<std::string>(), "kind");
      machines.push_back(kind.empty() ? code.get<std::string>() : kind + " " + code.get<std::string>());
    }
    out_.fields["machines"] = joined(machines, "name_and_sep");
  }

  std::string place() const {
    const Json& place = application_.at("place");
    std::string where;
    const Json& areas = permit_.data.at("areas");
    for (auto area = areas.rbegin(); area != areas.rend(); ++area) {
      where += registered("area", area->get<std::string>(), "name") + " ";
    }
    const std::string height = text_of(place, "height_metres");
    const bool is_high = std::strtod(height.c_str(), nullptr) > 0;
    return joined({where + text_of(place, "address"), word(place.at("outdoor").get<bool>() ? "outdoor" : "indoor"),
                   is_high ? word("height", {{"metres", height}}) : "",
                   place.value("confined_space", false) ? word("confined_space") : ""},
                  "name_and_sep");
  }

  std::string grade() const {
    std::string name;
    const Json& grading = sources_.pack.json().at("grading");
    for (const Json& grade : grading.at("grades")) {
      if (text_of(grade, "code") == permit_.data.value("grade", "")) name = text(grade);
    }
    std::vector<std::string> reasons;
    for (const Json& code : permit_.data.value("upgrade_reasons", Json::array())) {
      for (const Json& upgrade : grading.at("upgrade").at("when")) {
        if (upgrade.at("code") == code) reasons.push_back(text(upgrade));
      }
    }
    return reasons.empty() ? name : word("grade.upgraded", {{"grade", name}, {"reasons", joined(reasons)}});
  }

  void add_people() {
    out_.fields["in_charge"] = acts_.name(text_of(application_, "person_in_charge"));
    out_.fields["fire_watch"] = acts_.name(permit::current_watch(permit_));
    const Json numbers = permit_.personal->value("numbers", Json::object()).value("operators", Json::array());
    std::vector<std::string> operators;
    for (size_t i = 0; i < application_.at("operators").size(); ++i) {
      const std::string number = i < numbers.size() ? " " + numbers.at(i).get<std::string>() : "";
      operators.push_back(acts_.name(application_.at("operators").at(i).get<std::string>()) + number);
    }
    out_.fields["certificates"] = joined(operators, "name_and_sep");
  }

  void add_times() {
    out_.fields["applied_at"] = acts_.minute(permit_.data.value("submitted_at", Json()));
    out_.fields["window"] = span(application_.at("starts"), application_.at("ends"));
    out_.fields["done"] = span(permit_.data.value("started", Json::object()).value("at", Json()),
                               permit_.data.value("work_ended_at", Json()));
  }

  // Empty until it has begun; what has not ended yet leaves room for its end.
  std::string span(const Json& from, const Json& to) const {
    const std::string begun = acts_.minute(from), ended = acts_.minute(to);
    if (begun.empty()) return "";
    return word("from_to", {{"from", begun}, {"to", ended.empty() ? "                        " : ended}});
  }

  void add_gas() {
    for (const journal::Logged* test : acts_.all("gas_test")) {
      for (const Json& reading : test->facts.at("readings")) out_.samples.push_back(sample(*test, reading));
    }
    out_.samples_left_out = keep_newest(out_.samples, k_most_samples);
    const auto monitoring = permit_.data.find("gas_monitoring");
    if (monitoring == permit_.data.end()) return;
    std::vector<std::string> highest;
    for (const Json& reading : monitoring->at("readings")) {
      highest.push_back(text_of(reading, "point") + " " + text_of(reading, "substance") + " " +
                        text_of(reading, "most_percent") + " %");
    }
    out_.fields["continuous"] = word("continuous.text", {{"count", monitoring->at("count")},
                                                         {"until", acts_.minute(monitoring->at("until"))},
                                                         {"instrument", monitoring->at("instrument")},
                                                         {"readings", joined(highest)}});
  }

  PaperSample sample(const journal::Logged& test, const Json& reading) const {
    PaperSample out;
    out.at = acts_.minute(test.facts.at("sampled_at"));
    out.point = text_of(reading, "point");
    out.gas = text_of(reading, "substance");
    out.lel = text_of(reading, "lel_percent");
    out.result = text_of(reading, "reading_percent");
    out.oxygen = text_of(test.facts, "oxygen_percent");
    out.analyst = test.personal.is_object() ? text_of(test.personal, "analyst") : "";
    out.instrument = text_of(test.facts, "instrument");
    out.recorded_by = acts_.name(test.head.actor);
    return out;
  }

  // The whole checklist of the pack: what the application names applies.
  void add_measures() {
    for (const Json& item : sources_.pack.measures()) {
      bool applies = false;
      for (const Json& measure : permit_.data.at("measures")) {
        if (measure.at("code") != item.at("code")) continue;
        applies = true;
        out_.measures.push_back(chosen(item, measure));
      }
      if (!applies) out_.measures.push_back({text_of(item, "code"), text(item), false, {}});
    }
  }

  PaperMeasure chosen(const Json& item, const Json& measure) const {
    const std::string note = text_of(measure, "note");
    PaperMeasure out{text_of(item, "code"), text(item) + (note.empty() ? "" : "\n" + note), true, {}};
    if (!measure.contains("confirmed_at")) return out;
    for (const journal::Logged* act : acts_.all("measure_confirmed")) {
      if (act->facts.at("code") == measure.at("code")) out.confirmed = acts_.mark(*act);
    }
    if (!out.confirmed.opinion.empty()) out.text += "\n" + out.confirmed.opinion;
    return out;
  }

  void add_copies() {
    const Json& params = sources_.pack.json().at("params");
    const auto copies = params.find("copies");
    if (copies == params.end()) return;
    const auto of_grade = copies->at("by_grade").find(permit_.data.value("grade", ""));
    if (of_grade != copies->at("by_grade").end()) out_.copies = of_grade->get<std::vector<std::string>>();
  }

  const PaperSources& sources_;
  const Instance& permit_;
  const Json& application_;
  const Acts acts_;
  PaperRecord out_;
};

}  // namespace

PaperRecord paper_record(const PaperSources& sources) { return Record(sources).all(); }

const Words& paper_words() {
  static const Words all("api/paper/words.json");
  return all;
}

}  // namespace sparkgate::api
