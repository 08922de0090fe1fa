// What only one kind of record must satisfy, beside its schema. Each check gets the record as it would be kept.
#pragma once

#include "workflows/registry/kinds.h"

namespace sparkgate::registry {

/// An area lies in one of a higher level; its time zone exists.
Result<void> check_area(const Situation& situation, const Json& record);
/// One number, one holder: the person whose identity number is within it, and whom its other records name.
Result<void> check_certificate(const Situation& situation, const Json& record);
/// Each day once, each within the calendar's year.
Result<void> check_calendar(const Situation& situation, const Json& record);

/// Roles as domain.md separates them: roles of a unit name one; no person (over all of their accounts) holds admin
/// beside supervisor or intake; nobody changes their own, nor their duty to sign; an administrator gives only what lies
/// within their reach.
Result<void> check_account(const Situation& situation, const Json& record);

/// The accounts of a person that are not revoked.
std::vector<InstancePtr> accounts_of(const View& view, std::string_view person);

/// The grants of an account record.
std::vector<Grant> grants_of(const Json& record);

/// Every role that an account may hold.
const std::vector<std::string>& every_role();

/// Within reach of that role of the actor's: every grant of the account record.
bool oversees(const Actor& actor, std::string_view role, const Json& record, const View& view);

}  // namespace sparkgate::registry
