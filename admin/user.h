// `sparkgate user`: accounts from the command line, on a data directory that no service has open.
#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

namespace sparkgate::admin {

struct UserOptions {
  std::string data = "./data";
  std::string login;
  std::string name, id_number;        // add: the person behind the account
  std::vector<std::string> roles;     // add
  std::string unit, area;             // add: where the roles hold
  bool password_from_input = false;   // the first line of the input; else one is made and shown
};

/// Registers the account, and the person when the register does not know the id number. Returns the exit code.
int user_add(const UserOptions& options, std::istream& in, std::ostream& out, std::ostream& err);

/// Sets a new password and ends every sign-in and token of the account. Returns the exit code.
int user_password(const UserOptions& options, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
