#include "engine/base/csv.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "engine/base/json.h"

namespace sparkgate {
namespace {

const std::string k_bom = "\xEF\xBB\xBF";

// Rows as "line:a|b", then errors as "!line:column:reason".
std::string shown(std::string_view bytes, const std::vector<std::string_view>& optional = {}) {
  const CsvTable table = read_csv("t.csv", bytes, {"a", "b"}, optional);
  std::string out;
  for (const CsvRow& row : table.rows) {
    out += std::to_string(row.line) + ":";
    for (const std::string& column : table.columns) out += table.get(row, column) + "|";
    out += " ";
  }
  for (const Refusal& error : table.errors) {
    EXPECT_EQ(error.code, Code::import_row_invalid);
    EXPECT_EQ(text_of(error.details, "file"), "t.csv");
    out.append("!").append(error.details["line"].dump()).append(":");
    out += text_of(error.details, "column") + ":" + text_of(error.details["reason"], "en") + " ";
  }
  return out;
}

TEST(Csv, reads_what_spreadsheets_write) {
  EXPECT_EQ(shown("a,b\n1,2\n3,4\n"), "2:1|2| 3:3|4| ");
  EXPECT_EQ(shown(k_bom + "b,a\r\n1,2\r\n"), "2:2|1| ") << "BOM, CRLF, headings in another order";
  EXPECT_EQ(shown("a,b\r1,2\r3,4"), "2:1|2| 3:3|4| ") << "old line ends, no last one";
  EXPECT_EQ(shown("\n a , b \n\n  \n 1 ,\"2, \"\"x\"\"\"\n,\n"), "5:1|2, \"x\"| ") << "blanks";
  EXPECT_EQ(shown("a,b\n\"1\n\n1\",2\n3,4\n"), "2:1\n\n1|2| 5:3|4| ") << "a row keeps its first line";
  EXPECT_EQ(shown("a,b\n\xE3\x80\x80 1\xC2\xA0,2\n"), "2:1|2| ") << "ideographic and no-break space";
  EXPECT_EQ(shown("a,b\n", {"c"}), "");
  EXPECT_EQ(shown("a,b\n1,2\n", {"c"}), "2:1|2|| ");
  EXPECT_EQ(shown("c,a,b\n9,1,2\n", {"c"}), "2:1|2|9| ");
}

TEST(Csv, reads_gb18030_as_utf8) {
  EXPECT_EQ(shown("a,b\n\xB5\xE7\xBA\xB8,\xB4\xF2\xC4\xA5\n"), "2:电焊|打磨| ");
  EXPECT_EQ(shown("a,b\n电焊,打磨\n"), "2:电焊|打磨| ");
}

TEST(Csv, names_every_error_by_line_and_column) {
  EXPECT_EQ(shown(""), "!1::there is no header line ");
  EXPECT_EQ(shown("a,b\n1\n1,2\n1,2,3\n"), "3:1|2| !2:b:has 1 fields instead of 2 !4:#3:has 3 fields instead of 2 ");
  EXPECT_EQ(shown("a,c\n1,2\n"), "!1:b:the column is missing !1:c:there is no such column ");
  EXPECT_EQ(shown("a,b,a\n1,2,3\n"), "!1:a:the column occurs twice ");
  EXPECT_EQ(shown("a,b\n1,x\"y\n3,4\n5,\"6\n7,8\n"),
            "3:3|4| !2:#2:a quotation mark stands where none may be !4:#2:a quoted field is never closed ");
  EXPECT_EQ(shown("a,b\n1,2\n1,\"2\"x\n"), "2:1|2| !3:#2:a quotation mark stands where none may be ");
  EXPECT_EQ(shown(std::string("\xFF\xFE\x61\0,\0b\0", 8)), "!1::the encoding is neither UTF-8 nor GB18030 ");
  EXPECT_EQ(shown("a,b\n\xFF\xFF,1\n"), "!1::the encoding is neither UTF-8 nor GB18030 ");
}

TEST(Csv, asking_for_another_column_is_a_programming_error) {
  const CsvTable table = read_csv("t.csv", "a\n1\n", {"a"});
  EXPECT_THROW(table.get(table.rows[0], "b"), std::out_of_range);
}

}  // namespace
}  // namespace sparkgate
