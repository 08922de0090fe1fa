#include "tests/support/town.h"

#include "admin/import.h"
#include "admin/log_keeper.h"
#include "admin/workflows.h"
#include "api/sessions.h"
#include "engine/base/embedded.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "workflows/hot_work_permit/permit.h"
#include "workflows/signing/admission.h"

namespace sparkgate::test {
namespace {

template <class T>
T got(Result<T> result) {
  if (!result) throw std::runtime_error(describe(result.error()));
  return std::move(*result);
}

std::map<std::string, std::string> demo_tables() {
  std::map<std::string, std::string> tables;
  for (const std::string_view path : embedded_below("admin/demo/")) {
    tables.emplace(path.substr(path.rfind('/') + 1), embedded(path));
  }
  return tables;
}

void got(const Result<void>& result) {
  if (!result) throw std::runtime_error(describe(result.error()));
}

const std::string k_photo(64, 'a');
const Json k_here = {{"longitude", "107.617485"}, {"latitude", "29.917942"}, {"accuracy_metres", 5}};

}  // namespace

Town::Town(uint64_t seed, const std::filesystem::path& parent, size_t enrollers)
    : folder_(parent), random_(seed), packs_(got(rules::Packs::embedded())) {
  admin::add_workflows(registry_, packs_, enrollers);
  registry_.admit_by(std::make_unique<signing::SignedCommands>());
  open();
  got(admin::open_log(*engine_, log_key.vkeys()));
  settle();
}

void Town::open() {
  Engine::Options options;
  options.origin = "test/town";
  options.committer.run_timers = false;
  options.signer = log_key.signer();
  engine_ = std::make_unique<Engine>(got(open_sqlite_store(folder_.path())), registry_, clock, random_, options);
}

void Town::copy_data(const std::filesystem::path& to) const {
  for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
    if (file.path().filename() != "lock") std::filesystem::copy(file, to / file.path().filename());
  }
}

void Town::restart(const std::function<void()>& meanwhile) {
  engine_->stop();
  engine_.reset();
  meanwhile();
  open();
}

void Town::settle() {
  admin::Import import;
  {
    const auto reader = engine_->read();
    import = admin::import_tables(demo_tables(), ReaderView(*reader), system_actor());
  }
  if (!import.errors.empty()) throw std::runtime_error(describe(import.errors.front()));
  got(engine_->execute_all(import.commands));
  const auto reader = engine_->read();
  ListQuery all;
  all.workflow = "account";
  all.limit = 200;
  for (const InstancePtr& account : reader->list(all).items) {
    actors_[text_of(account->personal, "login")] = api::actor_of(*account).value();
  }
  actors_["system"] = system_actor();
}

void Town::add_pack(const Json& changes) {
  Json pack = packs_.latest(permit::Settings().default_pack)->json();
  pack["version"] = "999";
  pack.merge_patch(changes);
  const auto added = packs_.add("test", got(rules::Pack::load("test", pack.dump())));
  if (!added) throw std::runtime_error(describe(added.error()));
}

void Town::offer_packs(const std::vector<std::string>& ids, const std::string& area) {
  const auto found = engine_->read()->linked("area", "area_code", area);
  const std::string id = found.at(0);
  const Json payload = {{"packs", ids}};
  got(registry_.check(workflow("area"), "amend", payload));
  got(engine_->execute({"area", id, "amend", payload, actor("admin"), get(id)->version, "", {}}));
}

Actor Town::actor(const std::string& login) { return actors_.at(login); }

void Town::refresh(const std::string& login) {
  actors_.at(login) = api::actor_of(*get(actors_.at(login).account)).value();
}

Json Town::application(const Json& changes, milliseconds length) {
  Json out = {{"unit", "91500230MADEMA01XB"},
              {"owner_unit", "91500230MADEMA11X1"},
              {"area", "500230111201-01"},
              {"place",
               {{"address", "1号厂房"}, {"longitude", "107.617485"}, {"latitude", "29.917942"}, {"outdoor", false},
                {"confined_space", false}, {"height_metres", "0"}}},
              {"work", "焊接支架"},
              {"method", "electric_welding"},
              {"special_equipment", false},
              {"explosive_place", false},
              {"running_or_pressurised", false},
              {"isolated_with_approval", false},
              {"tank_bund", false},
              {"pipe_rack", false},
              {"wind_force", 2},
              {"essential", false},
              {"starts", format_time(clock.wall() + minutes(10))},
              {"ends", format_time(clock.wall() + minutes(10) + length)},
              {"operators", {"T500230198604120315"}},
              {"fire_watch", "500230198302140863"},
              {"person_in_charge", "500230199001011093"},
              {"machines", {"DEMO-WM-01"}},
              {"measures", {{{"code", "A.1-8"}}, {{"code", "A.1-9"}}}}};
  out.merge_patch(changes);
  return out;
}

InstancePtr Town::get(const std::string& id) {
  const auto filed = engine_->read()->instance(id);
  if (!filed) throw std::runtime_error("no instance " + id);
  return filed->instance;
}

Result<Receipt> Town::send(const std::string& login, const std::string& id, const std::string& event, Json payload) {
  Command command;
  command.workflow = "hot_work_permit";
  command.instance = id;
  command.event = event;
  command.actor = actor(login);
  if (!id.empty()) command.expected_version = get(id)->version;
  if (auto fits = registry_.check(permits(), event, payload); !fits) return tl::make_unexpected(fits.error());
  command.payload = std::move(payload);
  return engine_->execute(command);
}

Receipt Town::must(const std::string& login, const std::string& id, const std::string& event, Json payload) {
  auto done = send(login, id, event, std::move(payload));
  if (!done) throw std::runtime_error(event + ": " + describe(done.error()));
  return *done;
}

std::string Town::draft(const Json& application) { return must("applicant", "", "create", application).instance; }

std::string Town::outcome(const Result<Receipt>& result) {
  if (result) return "ok";
  std::string out(refusal_row(result.error().code).name);
  std::string more;
  for (const Finding& finding : result.error().findings) {
    if (finding.code != out) more += (more.empty() ? ": " : ", ") + finding.code;
  }
  return out + more;
}

Json Town::payload(const std::string& id, const std::string& event) {
  const auto scope = [&] { return get(id)->data.at("scope_hash"); };
  if (event == "create" || event == "amend") return application();
  if (event == "consent") return {{"scope_hash", scope()}};
  if (event == "approve") return {{"scope_hash", scope()}, {"position", k_here}, {"photo", k_photo}};
  if (event == "return" || event == "reject" || event == "revoke" || event == "suspend") return {{"reason", "原因"}};
  if (event == "release_hold") return {{"hold", get(id)->data.value("hold_count", 1)}, {"reason", "已整改"}};
  if (event == "qualify") return {{"evidence", "现场核对原件"}};
  if (event == "measure_confirmed") return {{"code", "A.1-8"}};
  if (event == "complete_watch") return {{"no_residual_fire", true}};
  if (event == "settle_conflict") return {{"conflict", 1}, {"note", "已核实"}};
  if (event == "accept") return {{"place_restored", true}, {"photos", {k_photo}}};
  if (event == "gas_test") {
    const Json reading = {{"point", "作业点"}, {"substance", "甲烷"}, {"lel_percent", "5"}, {"reading_percent", "0.1"}};
    return {{"sampled_at", format_time(clock.wall())}, {"readings", {reading}}, {"instrument", "DEMO-GD-01"}};
  }
  if (event == "gas_readings") {
    const Json reading = {{"point", "作业点"}, {"substance", "甲烷"}, {"lel_percent", "5"}, {"most_percent", "0.1"}};
    const std::string now = format_time(clock.wall());
    return {{"from", now}, {"until", now}, {"readings", {reading}}, {"instrument", "DEMO-GD-01"}};
  }
  if (event == "watch_checked_in" || event == "take_over_watch" || event == "revalidate") return {{"position", k_here}};
  if (event == "round") return {{"position", k_here}, {"photo", k_photo}};
  if (event == "hand_over_watch") return {{"to", "500230199205090977"}};
  if (event == "hand_over_shift") return {{"operators", {"T500230198604120315"}}, {"position", k_here}};
  if (event == "pre_start_check") return {{"items", as_permitted(id)}, {"position", k_here}};
  if (event == "expire" || event == "watch_elapsed") return Json::object();
  return Json::object();
}

void Town::approve_fully(const std::string& id) {
  must("site_owner", id, "consent");
  for (const char* supervisor : {"supervisor1", "supervisor2", "supervisor3"}) {
    if (state(id) == "UnderReview") must(supervisor, id, "approve", payload(id, "approve"));
  }
}

void Town::make_site_fit(const std::string& id, bool with_check) {
  must("fire_watch", id, "watch_checked_in");
  must("operator", id, "briefing_accepted");
  const InstancePtr permit = get(id);
  for (const Json& measure : permit->data.at("measures")) {
    must("applicant", id, "measure_confirmed", {{"code", measure.at("code")}});
  }
  const auto starts = parse_time(text_of(permit->data.at("application"), "starts"));
  if (clock.wall() < *starts) clock.advance(*starts - clock.wall());
  must("fire_watch", id, "gas_test");
  if (with_check) must("applicant", id, "pre_start_check");
}

Json Town::as_permitted(const std::string& id) {
  const Json data = get(id)->data;
  const rules::Pack* pack = data.contains("pack") ? packs_.by_digest(text_of(data.at("pack"), "digest"))
                                                  : packs_.latest(permit::Settings().default_pack);
  Json items = Json::array();
  for (const Json& item : pack->pre_start()) items.push_back({{"code", item.at("code")}, {"as_permitted", true}});
  return items;
}

void Town::lead(const std::string& id, const std::string& wanted) {
  const std::vector<std::pair<std::string, std::function<void()>>> path = {
      {"Draft", [&] { must("applicant", id, "submit"); }},
      {"UnderReview", [&] { approve_fully(id); }},
      {"Approved", [&] { must("supervisor1", id, "confirm_site"); }},
      {"SiteReady", [&] { make_site_fit(id); must("applicant", id, "start"); }},
      {"InProgress", [&] { must("applicant", id, "finish"); }},
      {"FireWatch",
       [&] {
         clock.advance(minutes(61));
         must("fire_watch", id, "complete_watch", payload(id, "complete_watch"));
       }},
      {"AwaitingAcceptance", [&] { must("site_owner", id, "accept", payload(id, "accept")); }},
  };
  for (const auto& [from, step] : path) {
    if (state(id) == wanted) return;
    if (state(id) == from) step();
  }
  if (state(id) != wanted) throw std::runtime_error("stuck in " + state(id) + " on the way to " + wanted);
}

}  // namespace sparkgate::test
