// `sparkgate intake …`: who may read public reports. While the service is stopped.
#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

namespace sparkgate::admin {

struct IntakeOptions {
  std::string data = "./data";
  std::string lead_key;             // file of the intake lead's secret key, best on a stick that lies in a safe
  std::string login;                // enrol, rotate
  std::vector<std::string> logins;  // roster: none: everybody who is enrolled
  bool pepper = false;              // status: print it
  bool lose = false;                // roster, new-pepper: also where that gives something up
};

/// Makes the lead's key pair: the secret one in the file, which must not exist; the verifying one in the data
/// directory. Returns the exit code, as the others.
int intake_lead(const IntakeOptions& options, std::ostream& out, std::ostream& err);

/// Keys for an officer's account; the passphrase is the input's first line. Shows the recovery key, once.
int intake_enrol(const IntakeOptions& options, std::istream& in, std::ostream& out, std::ostream& err);

/// A new roster, signed with the lead's key: from now on reports are sealed to those officers, and what was sealed to
/// others is removed.
int intake_roster(const IntakeOptions& options, std::ostream& out, std::ostream& err);

/// Another pepper for one that is lost: receipt codes that were given out until now open nothing any more.
int intake_new_pepper(const IntakeOptions& options, std::ostream& out, std::ostream& err);

/// Other keys for an officer under the same passphrase, the input's first line, and a roster with them. Shows the new
/// recovery key, once. After a crash on the way either the old keys hold or the new ones: it is run again.
int intake_rotate(const IntakeOptions& options, std::istream& in, std::ostream& out, std::ostream& err);

/// Roster, officers, and reports by state; the pepper where it is asked for.
int intake_status(const IntakeOptions& options, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
