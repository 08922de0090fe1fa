// What a record of one kind must look like: schema, references, dates; and which of its members are personal.
#pragma once

#include "workflows/access.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::registry {

/// The schema of a kind and all that follows from its keywords. Made once a workflow.
class RecordForm {
 public:
  explicit RecordForm(const Kind& kind);

  /// The payload of `register`: the record, for some kinds with `status`.
  Json register_schema() const;
  /// The payload of `amend`: any members (RFC 7396); null removes one that is not required.
  Json amend_schema() const;

  /// The payload as it will be kept: letters folded, defaults filled in, `status` taken out. Refuses
  /// payload_invalid (schema, days that do not exist), time_impossible and unknown_reference.
  Result<Json> read(Json payload, const View& view) const;

  /// The whole record, facts and personal data together.
  Json record_of(const Instance& instance) const;
  /// `record` with `patch` laid over it. Refuses key_is_fixed.
  Result<Json> patched(Json record, const Json& patch) const;

  Json facts_of(const Json& record) const;
  /// Personal members; null for one that is absent, so that folding it erases what was there.
  Json personal_of(const Json& record) const;

  /// Where the record belongs: by its own members, the area of its unit when it names none.
  Scope scope_of(const Json& record, const View& view) const;
  Scope scope_of(const Instance& instance, const View& view) const;

 private:
  Json fold(Json record) const;
  Result<void> check_days(const Json& record) const;
  Result<void> check_references(const Json& record, const View& view) const;

  const Kind& kind_;
  const Json schema_;
  const Json& properties_;
  const Schema compiled_;
};

}  // namespace sparkgate::registry
