// The fixed set of functions that rule expressions may call.
#pragma once

#include "workflows/rules/expression.h"

namespace sparkgate::rules {

struct Function {
  std::string_view name;
  Type result;
  std::vector<Type> arguments;
  Value (*call)(const PackContext& pack, const std::vector<Value>& arguments);  // arguments are known
};

/// nullptr when there is no such function.
const Function* function(std::string_view name);

}  // namespace sparkgate::rules
