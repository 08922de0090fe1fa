// The kinds of registry records: one row a kind. What the members mean stands in workflows/registry/<kind>.schema.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate::registry {

/// A link that a record is found by: link kind, and the member whose value is the ref.
struct MemberLink {
  std::string_view kind;
  std::string_view member;
};

/// One row of the table. Beside JSON Schema the properties of a kind's schema say, each by one keyword:
///   personal     erasable, never among the facts          fixed       may not change once registered
///   refers       the natural key of a record of that kind letters     stored in "upper" or "lower" case
///   not_before   not earlier than that other member       default     taken when absent
///   zh, en       how people call it
struct Kind {
  std::string_view name;        // "unit": the workflow, and the link kind under which others name it
  std::string_view collection;  // "units"
  std::string_view zh, en;
  MemberLink key;               // the natural key: unique among records that are not revoked …
  std::string_view key_also;    // … together with this member
  std::vector<MemberLink> links;    // beside the key, its unit and its areas
  std::string_view unit_member;     // says to which unit it belongs
  std::string_view area_member;     // says to which area; without it the unit's
  std::vector<std::string> registers;  // roles that may register and amend; verified afterwards
  std::vector<std::string> decides;    // roles that may verify, suspend, reinstate, revoke
  std::vector<std::string> readers;    // within the record's unit and area; empty: everybody signed in
  bool in_permits;                     // permits are linked to it: what happens here may suspend work
  bool has_status;                     // a register payload may say that it is suspended
  Result<void> (*check)(const Situation&, const Json& record) = nullptr;  // what its schema cannot say: checks.h
};

const std::vector<Kind>& kinds();
/// Null when there is no such kind.
const Kind* kind_of(std::string_view name);

/// The live (not revoked) record of that kind with that natural key; null when there is none. Of a kind whose key has
/// two parts (certificates) use `find_all`.
InstancePtr find_one(const View& view, std::string_view kind, std::string_view key);
std::vector<InstancePtr> find_all(const View& view, std::string_view kind, std::string_view key);

/// A member of a record, be it fact or personal; "" when absent, erased or no string.
std::string member_of(const Instance& record, std::string_view member);

}  // namespace sparkgate::registry
