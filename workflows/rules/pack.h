// A rule pack: one regime's rules, figures, texts and checklists as data, compiled once when it is loaded.
#pragma once

#include <memory>

#include "engine/base/json.h"
#include "workflows/rules/zone.h"

namespace sparkgate::rules {

struct PackRef {
  std::string id;
  std::string version;
  std::string digest;  // SHA-256 of the pack's canonical JSON (RFC 8785), in hex
  bool operator==(const PackRef&) const = default;
};

/// What a pack says about facts. `upgrade_reasons` are codes of the pack's upgrades that applied.
struct Judgement {
  std::string grade;
  std::string base_grade;  // before it was upgraded; computed at submit
  bool upgraded = false;
  std::vector<std::string> upgrade_reasons;
  std::vector<Finding> findings;
  bool refuses() const;    // some finding refuses
  bool undecided() const;  // some finding waits for a person
};

/// Immutable and cheap to copy; safe to share between threads.
class Pack {
 public:
  /// Refuses with pack_broken. Details: `file`, `path` (JSON pointer), `reason` ({zh, en}).
  static Result<Pack> load(const std::string& file, std::string_view text);

  const PackRef& ref() const;
  const Json& json() const;
  const Zone& zone() const;
  Night night() const;

  /// Judges facts (vocabulary.json) at one stage of the schema's ("submit", "start", …). Pure: the same facts give the
  /// same judgement.
  /// The grade is computed at submit and taken from facts["grade"] afterwards.
  Judgement judge(std::string_view stage, const Json& facts) const;

  /// A figure that is a number; `grade` matters where the pack gives one by grade. Throws std::out_of_range for a name
  /// or grade that the pack does not have. Every pack has validity_hours, watch_minutes, gas_fresh_minutes,
  /// gas_break_minutes, gas_repeat_hours, geofence_metres and round_interval_minutes.
  double number(std::string_view param, std::string_view grade = "") const;
  /// The same of a figure that a pack may do without.
  std::optional<double> figure(std::string_view param, std::string_view grade = "") const;

  /// Steps in order: [{code, role, on_site, clause, zh, en, verified}]. Throws std::out_of_range for an unknown grade.
  const Json& approval(std::string_view grade) const;

  /// The checklists: [{code, clause, zh, en, verified}]; of the measures, and of the check right before the
  /// start (empty where the pack has none).
  const Json& measures() const;
  const Json& pre_start() const;

  /// Whether whoever sends that event must sign it.
  bool requires_signature(std::string_view event) const;

  /// Whether work needs a gas test at all; yes when the facts do not tell.
  bool gas_required(const Json& facts) const;
  /// Whether gas must be measured all the time; yes when the facts do not tell, no when the pack does not speak of it.
  bool gas_continuous(const Json& facts, std::string_view grade) const;

  /// Whether its rules of the stages "sample" and "gas_test", which are judged with every reading, speak of more than
  /// grade, application, site.day and site.gas. Where they do not, nobody needs to gather the other facts for them.
  bool readings_need_all_facts() const;

 private:
  struct Compiled;
  explicit Pack(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace sparkgate::rules
