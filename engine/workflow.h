// What a workflow is to the engine: a name, states, events, who may, and a decision. The engine never knows more.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "engine/base/random.h"
#include "engine/base/schema.h"
#include "engine/base/shared_json.h"
#include "engine/base/time.h"

namespace sparkgate {

/// A role within a unit (credit code) or an area (area code); both empty: everywhere.
struct Grant {
  std::string role;
  std::string unit;
  std::string area;
};

/// Who acts. `person` is the registry id of the human being behind the account; separation of duties compares it.
struct Actor {
  std::string account;
  std::string person;
  std::string name;
  std::vector<Grant> grants;
  bool system = false;
};
Actor system_actor();

struct Timer {
  std::string name;   // unique within the instance
  Time due;
  std::string event;  // sent by `system` when due
  bool operator==(const Timer&) const = default;
};

/// One instance as of its latest entry. `data` holds facts (kept as long as the log), `personal` what can be erased.
struct Instance {
  std::string id;
  std::string workflow;
  std::string state;
  int64_t version = 0;  // number of entries
  Json data = Json::object();
  SharedJson personal;  // most commands leave it alone
  int64_t slot = 0;     // dense number of the instance in the log
  Digest head{};        // leaf hash of the latest entry
  Time at{};            // of the latest entry
  std::vector<Timer> timers;
};
using InstancePtr = std::shared_ptr<const Instance>;

/// What a decision may read. On the writer it shows the batch's earlier commands too.
class View {
 public:
  virtual ~View() = default;
  virtual InstancePtr find(std::string_view id) const = 0;
  /// Instances of `workflow` that carry the link (kind, ref), in order of their ids.
  virtual std::vector<InstancePtr> linked(std::string_view workflow, std::string_view kind,
                                          std::string_view ref) const = 0;
  /// The last value that a decision gave the counter (Decision::counters); 0 before the first.
  virtual int64_t counter(std::string_view name) const = 0;
};

/// The people of one instance by their names within it ("p1", …), which alone stand in facts and in the log.
class Cast {
 public:
  /// `known`: the people so far. Must outlive the cast.
  explicit Cast(const Json& known) : known_(known) {}
  /// The name of a person; a new one is added, `about` (name, numbers) is kept as personal data.
  std::string name(const std::string& person, const Json& about = Json::object());
  /// "" when the person is not known here.
  std::string find(std::string_view person) const;
  /// Who has come to those known: an object of people by name.
  const Json& added() const { return added_; }

 private:
  const Json& known_;
  Json added_ = Json::object();
};
/// The people whom an instance knows: an object by their names within it.
const Json& people_of(const Instance& instance);
void add_people(Instance& instance, const Json& people);

/// A message to whoever holds a role in a unit or area, or to one person. `code` is a row of messages.def.
struct Notice {
  std::string role, unit, area, person;
  std::string code;
  Json details = Json::object();
};

/// A command the system sends because of this decision; durable, and a refusal of it stays visible. Without an instance
/// its event makes a new one.
struct FollowUp {
  std::string workflow, instance, event;
  Json payload = Json::object();
};

/// What decide() adds to the log, and what it sets in motion.
struct Decision {
  Json facts = Json::object();     // hashed and kept
  Json personal = Json::object();  // hashed apart, erasable
  std::vector<Notice> notices;
  std::vector<FollowUp> follow_ups;
  /// Instances whose index depends on what this entry changes: it is made anew with it.
  std::vector<std::string> reindex;
  /// Names of counters to raise by one; their new values come back through Workflow::apply as facts["serials"][name].
  std::vector<std::string> serials;
  /// Erases what is personal of the instance up to now: the personal parts of its earlier entries, Instance::personal,
  /// notices and secrets. The entries stay and verify; the engine adds facts["erased"], by which replay erases too.
  bool erase = false;
  /// Counters by name and the value that each gets.
  std::vector<std::pair<std::string, int64_t>> counters;
};

/// One entry as replay sees it.
struct Recorded {
  std::string_view event;
  std::string_view actor;  // "p1", "system"
  Time at;
  const Json& facts;
  const Json& personal;    // null once erased
};

/// Everything a judgement may depend on. `instance.version == 0` when it is about to be created.
struct Situation {
  const Instance& instance;
  std::string_view event;
  const Actor& actor;
  Time at;
  const View& view;
  Random& random;
  const Json* provenance = nullptr;  // Command::provenance, where there is any
};

/// Where an instance is found: index columns and links.
struct Index {
  std::string area, unit;
  std::optional<Time> starts, ends;
  std::optional<Time> due;  // when what it waits for next is due; nothing: it waits for nothing
  std::string words;        // the free text it is found by
  std::vector<std::pair<std::string, std::string>> links;  // (kind, ref)
};

/// A running total, for statistics, and by how much an entry changes it.
struct Tally {
  std::string name;
  int64_t change = 1;
};

struct StateSpec {
  std::string name;
  Text label;
  bool terminal = false;
};

/// Whether a person's signature goes with an event.
enum class Signing {
  none,          // it carries none
  possible,      // it may; the instance's rules or the actor's account may demand it
  enroller_key,  // always, by a key of the actor that may vouch for other keys
  new_key,       // always, by the key that the payload brings: proof that the actor holds it
};
std::string_view name_of(Signing signing);

/// What a signature over an event of an instance binds to beside the payload.
struct SigningTerms {
  std::string scope_hash;  // of what is decided on; "" when nothing of the kind is
  std::string pack;        // digest of the rules it is judged by; ""
  int64_t seen_from = 0;   // the entry that must have been seen at least
  bool required = false;   // the rules demand a signature
};

/// An event that can be signed keeps each member of its payload under its own name, in facts or in personal data, so
/// that what was signed can be put together again.
struct EventSpec {
  std::string name;
  Text label;
  std::vector<std::string> roles;  // who may; empty: the system alone
  bool creates = false;            // makes the instance
  bool fact = false;               // recorded without change of state; needs no If-Match
  Json payload_schema;             // JSON Schema, draft 7
  bool secret = false;             // its payload holds one: Workflow::prepare() takes it out
  Signing signing = Signing::none;
  bool field = false;  // may come from a device that was offline when it happened
};

struct TransitionSpec {
  std::string from, event, to, guard;
};

struct Description {
  std::string name;        // "hot_work_permit"
  std::string collection;  // "permits", as in /api/v1/permits
  Text label;
  std::vector<StateSpec> states;
  std::vector<EventSpec> events;
  std::vector<TransitionSpec> transitions;
  bool open = false;  // whoever is signed in reads all of it, so a listing need not look for what the caller may see
  const EventSpec* event(std::string_view event_name) const;
  const EventSpec* creating_event() const;
  const StateSpec* state(std::string_view state_name) const;
  /// Has the table a row from that state for that event?
  bool leads(std::string_view from, std::string_view event_name) const;
};

struct Command;

class Workflow {
 public:
  virtual ~Workflow() = default;
  virtual const Description& description() const = 0;

  /// May this actor do this now? What depends on the payload is left to decide().
  virtual Result<void> assess(const Situation& situation) const = 0;

  /// For events with `secret`, on the caller's thread and over committed state: what may be kept of the payload's
  /// secret goes into `command.secrets`, and the secret itself no further. Costly work is done here, not in decide().
  virtual Result<void> prepare(Command&, const View&, Random&) const { return {}; }

  /// assess() and the payload's own conditions; computes what the entry will say. `cast` may be extended.
  virtual Result<Decision> decide(const Situation& situation, const Json& payload, Cast& cast) const = 0;

  /// Folds one entry into the instance: state and data. The only place that changes them; replay calls the same.
  /// Refuses with wrong_state when the entry does not fit.
  virtual Result<void> apply(Instance& instance, const Recorded& entry) const = 0;

  /// For events that can be signed.
  virtual SigningTerms signing_terms(const Instance&, std::string_view /*event*/) const { return {}; }
  /// Whether an entry could lawfully be made, as far as it and the instance before it tell: decide() again, without the
  /// registers and without what was personal. For those who verify; apply() takes what was decided.
  virtual Result<void> recheck(const Instance& /*before*/, const Recorded&) const { return {}; }

  /// The instance's whole set of timers, from its facts alone.
  virtual std::vector<Timer> timers(const Instance&) const { return {}; }
  virtual Index index(const Instance& instance, const View& view) const = 0;
  /// The totals that an entry changes. `before`: of version 0 when the entry made the instance.
  virtual std::vector<Tally> tallies(const Instance& /*before*/, const Instance& /*after*/, const Recorded&) const {
    return {};
  }
  /// Who may see it at all.
  virtual bool readable(const Instance& instance, const Actor& actor, const View& view) const = 0;
  /// As the caller sees it.
  virtual Json show(const Instance& instance, const Actor& actor, const View& view) const = 0;
};

/// One command from outside, parsed and checked against its schema.
struct Command {
  std::string workflow;
  std::string instance;  // empty: create
  std::string event;
  Json payload = Json::object();
  Actor actor;
  std::optional<int64_t> expected_version;
  std::string idempotency_key;
  Digest body_digest{};
  /// By name (a password's verifier): stored beside the instance with the entry, never in the log.
  std::vector<std::pair<std::string, std::string>> secrets = {};
  Json signature = nullptr;  // checked before, as far as the writer need not; see engine/admission.h
  /// What the service itself knows of where the command comes from (workflows/field/provenance.h). No client sends it.
  Json provenance = nullptr;
};

/// What an acknowledged command got.
struct Receipt {
  std::string instance;
  std::string workflow;
  std::string state;
  int64_t version = 0;
  int64_t entry = 0;  // the command's entry, counted over all logs
  Digest leaf{};
  Time at{};
  std::string origin;      // the log that the entry stands in …
  int64_t index = 0;       // … and its leaf index there
  std::string checkpoint;  // a signed one that covers it; "" where nothing is signed
  bool replayed = false;  // the answer to an earlier request with the same idempotency key
};

}  // namespace sparkgate
