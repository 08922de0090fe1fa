// The facts that rules may speak of, with types and units: the table is vocabulary.json, where pack authors read it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"

namespace sparkgate::rules {

/// `day` is "2026-08-14", `time` is RFC 3339; a number may also be written as a decimal string ("0.5").
enum class Type { boolean, number, text, day, time, list };
std::string_view name_of(Type type);

/// One row of vocabulary.json.
struct Fact {
  Type type = Type::boolean;
  bool nullable = false;            // null says "there is none"; elsewhere null, like absence, says "unknown"
  bool on_site = false;             // known at start and resume only
  std::string item;                 // of a list: the name of one item in rules
  std::string subject;              // of a list: the item's member that findings name; "" when items are texts
  std::vector<std::string> values;  // of a text: the only possible ones; empty: any
};

/// By name: "application.method", "operators"; members of a list's items by the item's name: "operator.known".
const std::map<std::string, Fact, std::less<>>& vocabulary();

}  // namespace sparkgate::rules
