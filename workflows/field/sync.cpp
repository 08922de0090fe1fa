#include "workflows/field/sync.h"

#include <map>

#include "engine/base/codes.h"
#include "workflows/field/outcomes.h"
#include "workflows/field/provenance.h"
#include "workflows/keys/ring.h"

namespace sparkgate::field {
namespace {

/// One event on its way.
struct Step {
  const Claim& claim;
  const Workflow* workflow = nullptr;  // null: no such permit
  Json provenance;
  Result<Json> payload;                // or why it cannot be taken
  std::string_view outcome = "refused";
  std::optional<Refusal> refusal = {};  // of one that is not kept
};

Result<keys::PersonKey> key_of(const View& view, const std::string& kid, const Actor& actor) {
  const InstancePtr ring = keys::ring_of_key(view, kid);
  const bool is_theirs = ring && !actor.person.empty() && text_of(ring->personal, "person") == actor.person;
  if (!is_theirs || !keys::is_active(*ring, kid)) return refuse(Code::key_not_active);
  const Json& about = ring->personal->at("keys").at(kid);
  return keys::read_key(text_of(keys::key_in(*ring, kid), "kind"), text_of(about, "public_key"));
}

// What can be said of an event before its permit is looked at on the writer.
Result<Json> payload_of(const Desk& desk, const Claim& claim, const Workflow* workflow,
                        const Result<Placing>& placing) {
  if (!workflow) return refuse(Code::not_found);
  if (!placing) return tl::make_unexpected(placing.error());
  const EventSpec* event = workflow->description().event(claim.event);
  if (!event || !event->field) return refuse(Code::field_event_not_allowed, {{"event", claim.event}});
  if (auto fits = desk.engine.registry().check(*workflow, claim.event, claim.payload); !fits) {
    return tl::make_unexpected(fits.error());
  }
  if (auto fit = check_photos(claim, *placing, desk.photos); !fit) return tl::make_unexpected(fit.error());
  return taken_payload(claim, *placing);
}

// Only workflows that keep what is refused take events of devices.
const Workflow* workflow_of(const Desk& desk, const View& view, const std::string& permit) {
  const InstancePtr instance = view.find(permit);
  const Workflow* workflow = instance ? desk.engine.registry().find(instance->workflow) : nullptr;
  return workflow && workflow->description().event(k_conflict_event) ? workflow : nullptr;
}

Result<std::vector<Step>> steps_of(const Desk& desk, const Report& report, const Actor& actor, Time now) {
  const auto reader = desk.engine.read();
  const ReaderView view(*reader);
  const auto key = key_of(view, report.kid, actor);
  if (!key) return tl::make_unexpected(key.error());
  const auto placings = place(report, *key, desk.marks, actor.account, now);
  if (!placings) return tl::make_unexpected(placings.error());
  std::vector<Step> out;
  std::map<std::string, const Workflow*> workflows;  // by permit
  for (size_t i = 0; i < report.events.size(); ++i) {
    const Claim& claim = report.events[i];
    const Result<Placing>& placing = placings->at(i);
    if (!workflows.contains(claim.permit)) workflows[claim.permit] = workflow_of(desk, view, claim.permit);
    const Workflow* workflow = workflows.at(claim.permit);
    Json provenance = provenance_of(claim, report.kid, placing ? &*placing : nullptr);
    out.push_back({claim, workflow, std::move(provenance), payload_of(desk, claim, workflow, placing)});
  }
  return out;
}

Command command_of(const Step& step, const Instance& permit, const Actor& actor) {
  Command command;
  command.workflow = permit.workflow;
  command.instance = permit.id;
  command.actor = actor;
  command.expected_version = permit.version;  // seen by nobody: its order is that of the sync
  command.provenance = step.provenance;
  return command;
}

Result<void> run_claim(const Step& step, const Instance& permit, const Actor& actor, const Engine::RunOne& run) {
  if (!step.payload) return tl::make_unexpected(step.payload.error());
  Command command = command_of(step, permit, actor);
  command.event = step.claim.event;
  command.payload = *step.payload;
  const auto receipt = run(command);
  return receipt ? Result<void>() : Result<void>(tl::make_unexpected(receipt.error()));
}

// Also refused when nothing can be kept: the permit is full or erased, or the event was never the actor's to do.
Result<void> keep_conflict(const Step& step, const Instance& permit, const Actor& actor, const Refusal& refusal,
                           const Engine::RunOne& run) {
  Json findings = Json::array();
  for (const Finding& finding : refusal.findings) findings.push_back(to_json(finding));
  Json details = refusal.details;
  details.erase("internal");
  Command command = command_of(step, permit, actor);
  command.event = k_conflict_event;
  command.provenance["refused"] = {{"event", step.claim.event},
                                   {"payload", step.claim.payload},
                                   {"code", refusal_row(refusal.code).name},
                                   {"details", std::move(details)},
                                   {"findings", std::move(findings)}};
  const auto receipt = run(command);
  return receipt ? Result<void>() : Result<void>(tl::make_unexpected(receipt.error()));
}

// Whatever is wrong with the service and not with the event: the device tries again.
bool is_passing(Code code) { return refusal_row(code).http_status >= 500; }

void take(Step& step, const std::string& kid, const Actor& actor, const View& view, const Engine::RunOne& run) {
  const InstancePtr permit = step.workflow ? view.find(step.claim.permit) : nullptr;
  if (!permit || !step.workflow->readable(*permit, actor, view)) {
    step.refusal = Refusal(Code::not_found);
    return;
  }
  if (const auto before = known(*permit, kid, step.claim.id)) {
    if (before->digest == digest_of(step.claim.text)) step.outcome = "already";
    if (step.outcome != "already") step.refusal = Refusal(Code::field_id_reused, {{"id", step.claim.id}});
    return;
  }
  const auto done = run_claim(step, *permit, actor, run);
  if (done) {
    step.outcome = "recorded";
    return;
  }
  const bool is_kept =
      !is_passing(done.error().code) && keep_conflict(step, *permit, actor, done.error(), run).has_value();
  if (!is_kept) step.refusal = done.error();
}

// What a permit was told later goes by what it was told before: after a passing refusal its other events wait as well.
void take_all(std::vector<Step>& steps, const std::string& kid, const Actor& actor, const View& view,
              const Engine::RunOne& run) {
  std::map<std::string, Refusal> waiting;  // by permit
  for (Step& step : steps) {
    if (const auto found = waiting.find(step.claim.permit); found != waiting.end()) {
      step.refusal = found->second;
      continue;
    }
    take(step, kid, actor, view, run);
    if (step.refusal && is_passing(step.refusal->code)) waiting.emplace(step.claim.permit, *step.refusal);
  }
}

Json answer_of(const Step& step, const std::string& kid, Outcomes& outcomes) {
  Json out = {{"id", step.claim.id}, {"seq", step.claim.seq}};
  if (step.refusal) {
    out.update(told_refusal(refusal_row(step.refusal->code).name, step.refusal->details));
  } else {
    out.update(outcomes.of(step.claim.permit, kid, step.claim.id));
  }
  out["outcome"] = step.outcome;
  out["kept"] = !step.refusal;
  return out;
}

}  // namespace

Result<Json> sync(const Desk& desk, const Report& report, const Actor& actor) {
  const Time now = desk.engine.clock().wall();
  auto steps = steps_of(desk, report, actor, now);
  if (!steps) return tl::make_unexpected(steps.error());
  const auto checkpoint = desk.engine.execute_in_turn([&](const View& view, const Engine::RunOne& run) {
    take_all(*steps, report.kid, actor, view, run);
  });
  if (!checkpoint) return tl::make_unexpected(checkpoint.error());
  const auto mark = desk.marks.make(now, actor.account);
  if (!mark) return tl::make_unexpected(mark.error());
  Json events = Json::array();
  Outcomes outcomes(desk.engine);
  for (const Step& step : *steps) events.push_back(answer_of(step, report.kid, outcomes));
  return Json{{"now", format_time(now)},
              {"mark", *mark},
              {"checkpoint", checkpoint->empty() ? Json() : Json(*checkpoint)},
              {"events", std::move(events)}};
}

}  // namespace sparkgate::field
