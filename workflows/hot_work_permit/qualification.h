// From an application and the registers to the facts that a pack judges. No name and no number of a person enters them.
#pragma once

#include <functional>
#include <optional>

#include "workflows/rules/pack.h"

namespace sparkgate {

/// One certificate under a number. Empty dates are unknown, except that an empty `review_due` means: the class has
/// none.
struct CertificateRecord {
  std::string id_number;  // its holder's; empty: unknown
  std::string certificate_class;
  std::string issued_on, valid_until, review_due;  // "2026-08-14"
  std::string status;                              // valid, suspended, revoked, unverified
};

struct FireWatchRecord {
  std::string trained_on, valid_until;
};

/// What is registered, and may be relied upon: a suspended fire watch or machine is not given at all. Keys come in
/// upper case (normal_identifier).
class Register {
 public:
  virtual ~Register() = default;
  virtual std::vector<CertificateRecord> certificates(const std::string& number) const = 0;
  virtual std::optional<FireWatchRecord> fire_watch(const std::string& id_number) const = 0;
  /// Day of the next inspection.
  virtual std::optional<std::string> machine_inspected_until(const std::string& code) const = 0;
  /// "allowed" or "suspended".
  virtual std::optional<std::string> unit_status(const std::string& credit_code) const = 0;
  virtual bool is_rest_day(const std::string& day) const = 0;
};

/// How findings name an operator (by certificate number) or a machine (by code): "p2", or the number itself.
using Subject = std::function<std::string(const std::string& key)>;

/// The facts `application` of the vocabulary: of the work and its place, without registers.
Json application_facts(const Json& application);

/// Facts of vocabulary.json, but for `grade` and `site`, from the permit's application:
/// {unit, owner_unit, place: {outdoor, height_metres, confined_space}, method, special_equipment, …, starts, ends,
/// operators: [certificate numbers], fire_watch: id number, machines: [codes]}. What it does not tell stays unknown.
Json qualification_facts(const Json& application, const Register& registers, const rules::Zone& zone,
                         const Subject& operator_subject, const Subject& machine_subject);

}  // namespace sparkgate
