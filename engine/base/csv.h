// Tables as offices keep them: CSV from a spreadsheet, in UTF-8 (with or without BOM) or GB18030.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/refusal.h"

namespace sparkgate {

struct CsvRow {
  size_t line = 0;                  // where it begins in the file, from 1
  std::vector<std::string> fields;  // in the order of CsvTable::columns
};

/// A file's rows, and everything that is wrong with it: rows that cannot be read stand in `errors`, not in `rows`.
struct CsvTable {
  std::string file;
  std::vector<std::string> columns;  // required ones, then optional ones
  std::vector<CsvRow> rows;
  std::vector<Refusal> errors;  // import_row_invalid, in order of lines

  /// The field of that column; "" when an optional column is absent. Throws std::out_of_range for a column that
  /// was not asked for.
  const std::string& get(const CsvRow& row, std::string_view column) const;

  /// import_row_invalid naming this file, the row's line and the column.
  Refusal invalid(const CsvRow& row, std::string_view column, Text reason) const;
};

/// Reads `bytes` of the file named `file` (for messages only). The first line holds headings, in any order; a missing,
/// an unknown or a repeated heading is an error and no row is read. Fields lose surrounding blanks (also U+3000).
/// Lines end in LF, CRLF or CR; blank lines and lines of empty fields are skipped; a quoted field may span lines.
CsvTable read_csv(std::string file, std::string_view bytes, const std::vector<std::string_view>& required,
                  const std::vector<std::string_view>& optional = {});

}  // namespace sparkgate
