#include "tests/support/counter_workflow.h"

#include <stdexcept>

#include "engine/base/codes.h"

namespace sparkgate::test {
namespace {

struct Row {
  const char *from, *event, *to;
};
constexpr Row k_table[] = {
    {"", "open", "Open"},        //
    {"Open", "add", "Open"},     //
    {"Open", "note", "Open"},    //
    {"Open", "ring", "Open"},    //
    {"Open", "close", "Closed"}, //
    {"Closed", "note", "Closed"},
};

const Row* row_of(std::string_view state, std::string_view event) {
  for (const Row& row : k_table) {
    if (row.from == state && row.event == event) return &row;
  }
  return nullptr;
}

tl::unexpected<Refusal> wrong_state(std::string_view state, std::string_view event) {
  return refuse(Code::wrong_state, {{"state", state}, {"event", event}});
}

Time time_of(const Json& ms) { return Time(milliseconds(ms.get<int64_t>())); }

// Timers as facts: {name: {due, event, …}} with `due` in milliseconds since 1970.
Json timers_from(const Json& wanted, Time at) {
  Json out = Json::object();
  for (const auto& [name, timer] : wanted.items()) {
    out[name] = timer;
    out[name]["due"] = at.time_since_epoch().count() + timer.at("after_ms").get<int64_t>();
  }
  return out;
}

// What became of the timer that rang: it goes, rings again later, or (a faulty workflow) stays.
void rung(Json& data, const std::string& name) {
  data["rung"].push_back(name);
  const auto timer = data["timers"].find(name);
  if (timer == data["timers"].end() || timer->contains("stubborn")) return;
  if (!timer->contains("every_ms")) {
    data["timers"].erase(name);
    return;
  }
  (*timer)["due"] = (*timer)["due"].get<int64_t>() + (*timer)["every_ms"].get<int64_t>();
}

}  // namespace

std::atomic<std::thread::id> CounterWorkflow::prepared_on;

CounterWorkflow::CounterWorkflow(std::string name) {
  description_.collection = name + "s";
  description_.name = std::move(name);
  description_.label = {"计数", "Counter"};
  description_.states = {{"Open", {"开", "Open"}}, {"Closed", {"关", "Closed"}, true}};
  const Json any = {{"type", "object"}};
  for (const char* event : {"open", "add", "close", "note", "ring"}) {
    EventSpec spec;
    spec.name = event;
    spec.label = {event, event};
    if (spec.name != "ring") spec.roles = {"counter"};
    spec.creates = spec.name == "open";
    spec.fact = spec.name == "note";
    spec.payload_schema = any;
    spec.secret = spec.name != "ring";
    description_.events.push_back(std::move(spec));
  }
  for (const Row& row : k_table) description_.transitions.push_back({row.from, row.event, row.to, ""});
}

Result<void> CounterWorkflow::assess(const Situation& situation) const {
  if (!row_of(situation.instance.state, situation.event)) return wrong_state(situation.instance.state, situation.event);
  return {};
}

Result<void> CounterWorkflow::prepare(Command& command, const View&, Random&) const {
  const Json secrets = command.payload.value("secrets", Json::object());
  for (const auto& [name, value] : secrets.items()) command.secrets.emplace_back(name, value.get<std::string>());
  command.payload.erase("secrets");
  prepared_on = std::this_thread::get_id();
  return {};
}

Result<Decision> CounterWorkflow::decide(const Situation& situation, const Json& payload, Cast& cast) const {
  if (auto may = assess(situation); !may) return tl::make_unexpected(may.error());
  const Json refuse_how = payload.value("refuse", Json());
  if (refuse_how == true) return refuse(Code::conditions_unmet);
  if (refuse_how == "throw") throw std::logic_error("a faulty workflow");
  Decision out;
  for (const char* kept : {"amount", "cancel", "links", "timer", "refuse"}) {
    if (payload.contains(kept)) out.facts[kept] = payload[kept];
  }
  if (payload.contains("timers")) out.facts["timers"] = timers_from(payload["timers"], situation.at);
  out.personal = payload.value("personal", Json::object());
  for (const Json& n : payload.value("notices", Json::array())) {
    out.notices.push_back(
        {text_of(n, "role"), text_of(n, "unit"), text_of(n, "area"), text_of(n, "person"), text_of(n, "code"), n});
  }
  for (const Json& f : payload.value("follow_ups", Json::array())) {
    out.follow_ups.push_back({f.value("workflow", description_.name), text_of(f, "instance"), text_of(f, "event"),
                              f.value("payload", Json::object())});
  }
  if (payload.contains("secrets")) throw std::logic_error("a secret has come to the writer");
  if (payload.value("again", false)) {
    out.follow_ups.push_back({description_.name, situation.instance.id, "note", payload});
  }
  out.erase = payload.value("erase", false);
  out.serials = payload.value("serials", std::vector<std::string>());
  for (const Json& person : payload.value("with", Json::array())) cast.name(person.get<std::string>());
  return out;
}

Result<void> CounterWorkflow::apply(Instance& instance, const Recorded& entry) const {
  const Row* row = row_of(instance.state, entry.event);
  if (!row || entry.facts.value("refuse", Json()) == "apply") return wrong_state(instance.state, entry.event);
  instance.state = row->to;
  Json& data = instance.data;
  data["count"] = data.value("count", 0) + entry.facts.value("amount", 0);
  if (!data.contains("timers")) data["timers"] = Json::object();
  data["timers"].update(entry.facts.value("timers", Json::object()));
  for (const Json& name : entry.facts.value("cancel", Json::array())) data["timers"].erase(name.get<std::string>());
  if (entry.facts.contains("links")) data["links"] = entry.facts["links"];
  if (entry.facts.contains("serials")) data["serials"].update(entry.facts["serials"]);
  if (entry.event == "ring" && entry.facts.contains("timer")) rung(data, entry.facts["timer"]);
  if (entry.personal.is_object()) {
    Json personal = instance.personal;
    for (const auto& [name, value] : entry.personal.items()) {
      if (name != "people") personal[name] = value;
    }
    instance.personal = std::move(personal);
  }
  return {};
}

std::vector<Timer> CounterWorkflow::timers(const Instance& instance) const {
  std::vector<Timer> out;
  for (const auto& [name, timer] : instance.data["timers"].items()) {
    out.push_back({name, time_of(timer["due"]), timer["event"]});
  }
  return out;
}

Index CounterWorkflow::index(const Instance& instance, const View&) const {
  Index out;
  const Json links = instance.data.value("links", Json::object());
  for (const auto& [kind, ref] : links.items()) out.links.emplace_back(kind, ref.get<std::string>());
  return out;
}

bool CounterWorkflow::readable(const Instance& instance, const Actor& actor, const View&) const {
  return actor.name != "stranger" || instance.state == "Closed";
}

Json CounterWorkflow::show(const Instance& instance, const Actor&, const View&) const { return instance.data; }

Actor a_person(const std::string& name) {
  Actor actor;
  actor.account = "account-" + name;
  actor.person = "person-" + name;
  actor.name = name;
  actor.grants = {{"counter", "", ""}};
  return actor;
}

Command open_counter(Json payload) {
  Command out;
  out.workflow = "counter";
  out.event = "open";
  if (payload.is_object()) out.payload = std::move(payload);  // {} makes a null
  out.actor = a_person("ann");
  return out;
}

Command to_counter(const std::string& id, const std::string& event, Json payload, std::optional<int64_t> version) {
  Command out = open_counter(std::move(payload));
  out.instance = id;
  out.event = event;
  out.expected_version = version;
  return out;
}

Registry counter_registry() {
  Registry out;
  out.add(std::make_unique<CounterWorkflow>());
  out.add(std::make_unique<CounterWorkflow>("echo"));
  return out;
}

}  // namespace sparkgate::test
