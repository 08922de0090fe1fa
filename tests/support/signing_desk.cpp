#include "tests/support/signing_desk.h"

#include "workflows/signing/offer.h"

namespace sparkgate::test {
namespace {

template <class T>
T got(Result<T> result) {
  if (!result) throw std::runtime_error(describe(result.error()));
  return std::move(*result);
}

}  // namespace

Result<Json> SigningDesk::offer(const Act& act, const std::string& key) {
  const auto reader = town_.engine().read();
  const ReaderView view(*reader);
  const Workflow& workflow = town_.workflow(act.workflow);
  const InstancePtr found = view.find(act.id);
  const Instance nothing;
  const Instance& instance = found ? *found : nothing;
  const Situation situation{instance,
                            act.event,
                            town_.actor(act.login),
                            std::max(town_.clock.wall(), instance.at),
                            view,
                            town_.engine().random()};
  return signing::offer(reader->logs().back().origin, workflow, *workflow.description().event(act.event), situation,
                        act.payload, key);
}

Result<Receipt> SigningDesk::send(const Act& act, const Json& signed_part) {
  const Workflow& workflow = town_.workflow(act.workflow);
  const EventSpec& event = *workflow.description().event(act.event);
  Command command;
  command.workflow = act.workflow;
  command.instance = act.id;
  command.event = act.event;
  command.actor = town_.actor(act.login);
  command.payload = act.payload;
  if (!act.id.empty()) command.expected_version = town_.get(act.id)->version;
  if (!signed_part.is_null()) {
    const auto reader = town_.engine().read();
    const std::string origin = reader->logs().back().origin;
    auto checked = signing::check_sent(signed_part, {origin, workflow, event, act.id, act.payload},
                                       ReaderView(*reader), k_passkeys);
    if (!checked) return tl::make_unexpected(checked.error());
    command.signature = std::move(*checked);
  }
  return town_.engine().execute(command);
}

Result<Receipt> SigningDesk::sign(const Act& act, const SigningKey& key) {
  const auto offered = offer(act);
  if (!offered) return tl::make_unexpected(offered.error());
  return send(act, key.sign(text_of(*offered, "intent")));
}

Act SigningDesk::on_ring(const std::string& login, const std::string& ring, const std::string& event, Json payload) {
  return {login, ring, event, std::move(payload), "key_ring"};
}

std::string SigningDesk::enrol(const std::string& login, const SigningKey& key) {
  return got(sign(on_ring(login, "", "enrol", key.enrolment(town_.actor(login).person)), key)).instance;
}

void SigningDesk::endorse(const std::string& login, const SigningKey& with, const std::string& ring,
                          const SigningKey& key, bool enroller) {
  Json payload = {{"kid", key.kid()}};
  if (enroller) payload["enroller"] = true;
  got(sign(on_ring(login, ring, "endorse", payload), with));
}

std::vector<SigningDesk::Told> SigningDesk::told(const std::string& id) {
  const Workflow& workflow = town_.workflow(town_.get(id)->workflow);
  std::vector<Told> out;
  Instance before;
  Json people = Json::object();
  for (const journal::Entry& sealed : town_.engine().read()->entries(id)) {
    journal::Logged entry = got(journal::read_entry(sealed));
    const SigningTerms terms = workflow.signing_terms(before, entry.head.type);
    const Recorded recorded{entry.head.type, entry.head.actor, entry.head.at, entry.facts, entry.personal};
    if (!workflow.apply(before, recorded)) throw std::runtime_error("an entry does not replay");
    before.version += 1;
    people.update(entry.personal.value("people", Json::object()));
    const std::string person = text_of(people.value(entry.head.actor, Json::object()), "person");
    out.push_back({std::move(entry), terms, person});
  }
  return out;
}

std::vector<journal::Logged> SigningDesk::entries(const std::string& ring) {
  std::vector<journal::Logged> out;
  for (Told& one : told(ring)) out.push_back(std::move(one.entry));
  return out;
}

}  // namespace sparkgate::test
