// The demonstration ledger, so that a first start shows a town at work.
#pragma once

#include "admin/app.h"

namespace sparkgate::admin {

struct DemoAccount {
  std::string login, roles, password;
};

/// Registers the ledger that travels inside the binary, with one account a role. `password` for all of them, or "" for
/// one at random each.
Result<std::vector<DemoAccount>> load_demo(App& app, const std::string& password);

/// Lets the demonstration take public reports: keys for its intake officers, each with the account's password as
/// passphrase, and a roster signed by a lead whose secret key lies in DATA/intake. A real office keeps it elsewhere.
Result<void> open_demo_intake(App& app, const std::vector<DemoAccount>& accounts, const std::filesystem::path& data);

}  // namespace sparkgate::admin
