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

}  // namespace sparkgate::admin
