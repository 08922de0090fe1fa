// What somebody reports, as the form brings it and as it stands in the first item of the report.
#pragma once

#include <string>
#include <vector>

#include "engine/base/json.h"

namespace sparkgate::report {

/// report_invalid, for that reason.
tl::unexpected<Refusal> invalid_report(std::string_view zh, std::string_view en);

struct CategoryRow {
  std::string_view code;
  Text label;
  bool is_urgent;  // to be checked within 24 hours: 公安部令第120号 第18条
};
const std::vector<CategoryRow>& categories();
/// nullptr when there is none of that code.
const CategoryRow* category_row(std::string_view code);

struct Filing {
  std::string category;              // a code
  std::string area;                  // of the register; "" where the reporter does not know
  std::string address;               // where, in the reporter's words
  std::string when;                  // when, in the reporter's words
  std::string text;
  std::vector<std::string> without;  // officers who shall not read it, by id
};

inline constexpr size_t k_max_words_bytes = 600;    // of an address or a time
inline constexpr size_t k_max_report_bytes = 12000; // of the text

/// Refuses report_invalid: no such category, no place, nothing told, too long, control characters, or a receipt code in
/// it, which would stand there for officers to read.
Result<void> check(const Filing& filing);
/// The same for a later text, of the source's or an officer's.
Result<void> check_words(const std::string& text);

Json to_json(const Filing& filing);

}  // namespace sparkgate::report
