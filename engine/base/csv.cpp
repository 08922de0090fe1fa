#include "engine/base/csv.h"

#include <csv.h>
#include <iconv.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "engine/base/codes.h"

namespace sparkgate {
namespace {

struct RawRow {
  size_t line;
  std::vector<std::string> fields;
};

Refusal invalid_at(const std::string& file, size_t line, std::string_view column, const Text& reason) {
  return {Code::import_row_invalid,
          {{"file", file}, {"line", line}, {"column", column}, {"reason", {{"zh", reason.zh}, {"en", reason.en}}}},
          {}};
}

// The text in UTF-8; nothing when it is not valid in `encoding`. glibc checks UTF-8 strictly, too.
std::optional<std::string> decode(const char* encoding, std::string_view bytes) {
  const iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string out(bytes.size() * 2 + 16, '\0');  // two bytes of GB18030 make at most three of UTF-8
  char* in = const_cast<char*>(bytes.data());
  char* to = out.data();
  size_t in_left = bytes.size(), out_left = out.size();
  const size_t done = iconv(converter, &in, &in_left, &to, &out_left);
  iconv_close(converter);
  if (done == static_cast<size_t>(-1) || in_left) return std::nullopt;
  out.resize(out.size() - out_left);
  return out;
}

std::optional<std::string> text_from(std::string_view bytes) {
  if (bytes.find('\0') != bytes.npos) return std::nullopt;  // UTF-16, or no text at all
  static constexpr std::string_view k_bom = "\xEF\xBB\xBF";
  if (bytes.substr(0, 3) == k_bom) bytes.remove_prefix(3);
  if (auto text = decode("UTF-8", bytes)) return text;
  return decode("GB18030", bytes);
}

std::string trimmed(std::string_view text) {
  static constexpr std::string_view k_blanks[] = {" ", "\t", "\r", "\n", "\xE3\x80\x80", "\xC2\xA0"};
  for (bool again = true; again;) {
    again = false;
    for (const auto blank : k_blanks) {
      if (text.starts_with(blank)) text.remove_prefix(blank.size()), again = true;
      if (text.ends_with(blank)) text.remove_suffix(blank.size()), again = true;
    }
  }
  return std::string(text);
}

// libcsv knows no lines, so it is fed line by line; a row begins on the first line fed after the row before it ended.
class Reader {
 public:
  Reader(CsvTable& table, std::vector<RawRow>& rows) : table_(table), rows_(rows) { open(); }
  ~Reader() { csv_free(&parser_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  void read(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      size_t end = text.find_first_of("\r\n", at);
      end = end == text.npos ? text.size() : end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
      feed(text.substr(at, end - at));
      at = end;
    }
    if (csv_fini(&parser_, on_field, on_row, this) != 0) {
      fail({"引号没有闭合", "a quoted field is never closed"});
    }
  }

 private:
  void open() { csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI); }

  void feed(std::string_view line) {
    ++line_;
    if (!in_row_ && trimmed(line).empty()) return;
    if (!in_row_) row_ = {line_, {}};
    in_row_ = true;
    if (csv_parse(&parser_, line.data(), line.size(), on_field, on_row, this) == line.size()) return;
    fail({"引号使用有误", "a quotation mark stands where none may be"});
    csv_free(&parser_);
    open();
    in_row_ = false;
  }

  void fail(const Text& reason) {
    const std::string column = "#" + std::to_string(row_.fields.size() + 1);
    table_.errors.push_back(invalid_at(table_.file, row_.line, column, reason));
  }

  static void on_field(void* bytes, size_t length, void* self) {
    static_cast<Reader*>(self)->row_.fields.push_back(trimmed({static_cast<const char*>(bytes), length}));
  }
  static void on_row(int, void* self) {
    auto& reader = *static_cast<Reader*>(self);
    const auto& fields = reader.row_.fields;
    const bool blank = std::all_of(fields.begin(), fields.end(), [](const std::string& f) { return f.empty(); });
    if (!blank) reader.rows_.push_back(reader.row_);
    reader.in_row_ = false;
  }

  CsvTable& table_;
  std::vector<RawRow>& rows_;
  csv_parser parser_;
  size_t line_ = 0;
  bool in_row_ = false;
  RawRow row_{1, {}};
};

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool header_fits(CsvTable& table, const RawRow& header, size_t required) {
  bool fits = true;
  const auto bad = [&](const std::string& column, const Text& reason) {
    table.errors.push_back(invalid_at(table.file, header.line, column, reason));
    fits = false;
  };
  for (size_t i = 0; i < required; ++i) {
    if (!has(header.fields, table.columns[i])) bad(table.columns[i], {"缺少该列", "the column is missing"});
  }
  for (auto it = header.fields.begin(); it != header.fields.end(); ++it) {
    if (!has(table.columns, *it)) bad(*it, {"没有这一列", "there is no such column"});
    if (std::find(header.fields.begin(), it, *it) != it) bad(*it, {"该列重复", "the column occurs twice"});
  }
  return fits;
}

// The row's fields in the order of table.columns, or an error when their number is not the header's.
void take_row(CsvTable& table, const RawRow& header, RawRow& raw) {
  const size_t needed = header.fields.size(), actual = raw.fields.size();
  if (needed != actual) {
    const std::string column = actual < needed ? header.fields[actual] : "#" + std::to_string(needed + 1);
    const std::string n = std::to_string(needed), a = std::to_string(actual);
    table.errors.push_back(invalid_at(table.file, raw.line, column,
                                     {"应有 " + n + " 列，实有 " + a + " 列", "has " + a + " fields instead of " + n}));
    return;
  }
  CsvRow row{raw.line, std::vector<std::string>(table.columns.size())};
  for (size_t i = 0; i < needed; ++i) {
    const auto column = std::find(table.columns.begin(), table.columns.end(), header.fields[i]);
    row.fields[column - table.columns.begin()] = std::move(raw.fields[i]);
  }
  table.rows.push_back(std::move(row));
}

}  // namespace

const std::string& CsvTable::get(const CsvRow& row, std::string_view column) const {
  const auto it = std::find(columns.begin(), columns.end(), column);
  if (it == columns.end()) throw std::out_of_range("no such column: " + std::string(column));
  return row.fields[it - columns.begin()];
}

Refusal CsvTable::invalid(const CsvRow& row, std::string_view column, Text reason) const {
  return invalid_at(file, row.line, column, reason);
}

CsvTable read_csv(std::string file, std::string_view bytes, const std::vector<std::string_view>& required,
                  const std::vector<std::string_view>& optional) {
  CsvTable table{std::move(file), {required.begin(), required.end()}, {}, {}};
  table.columns.insert(table.columns.end(), optional.begin(), optional.end());
  const auto text = text_from(bytes);
  if (!text) {
    table.errors.push_back(invalid_at(
        table.file, 1, "", {"编码既不是 UTF-8 也不是 GB18030", "the encoding is neither UTF-8 nor GB18030"}));
    return table;
  }
  std::vector<RawRow> rows;
  Reader(table, rows).read(*text);
  if (rows.empty()) {
    table.errors.push_back(invalid_at(table.file, 1, "", {"没有标题行", "there is no header line"}));
    return table;
  }
  if (!header_fits(table, rows[0], required.size())) return table;
  for (size_t i = 1; i < rows.size(); ++i) take_row(table, rows[0], rows[i]);
  std::stable_sort(table.errors.begin(), table.errors.end(), [](const Refusal& a, const Refusal& b) {
    return a.details["line"].get<size_t>() < b.details["line"].get<size_t>();
  });
  return table;
}

}  // namespace sparkgate
