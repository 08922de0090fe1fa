#include "admin/import.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "admin/import_judge.h"
#include "certs/identifiers.h"
#include "engine/base/codes.h"

namespace sparkgate::admin {
namespace {

using Columns = std::vector<std::string_view>;

// One row a file, in the order of import. Columns bear the names of the record's members.
struct Sheet {
  std::string_view file;
  std::string_view kind;
  Columns required;
  Columns optional;
  std::string_view list;  // rows with the same value of the first column are items of this member of one record
  bool has_person;        // the row's name and id_number are a person's
};

const std::vector<Sheet>& sheets() {
  static const std::vector<Sheet> table = {
      {"areas.csv", "area", {"code", "parent", "name", "level"}, {"zone", "packs"}, "", false},
      {"units.csv", "unit", {"credit_code", "name", "kind", "area", "status"}, {}, "", false},
      {"operators.csv",
       "certificate",
       {"name", "id_number", "certificate_no", "issuer", "class", "issued_on", "valid_until", "review_due", "status",
        "unit"},
       {},
       "",
       true},
      {"fire_watches.csv",
       "fire_watch",
       {"name", "id_number", "unit", "trained_on", "training_valid_until"},
       {},
       "",
       true},
      {"machines.csv", "machine", {"code", "kind", "unit", "inspected_until"}, {}, "", false},
      {"instruments.csv", "instrument", {"code", "kind", "unit", "calibrated_until"}, {}, "", false},
      {"accounts.csv", "account", {"login", "name", "id_number", "role", "unit", "area"}, {}, "grants", true},
      {"calendar.csv", "calendar", {"date", "kind"}, {"estimate"}, "days", false},
  };
  return table;
}

const Sheet* sheet_of(std::string_view file) {
  for (const Sheet& sheet : sheets()) {
    if (sheet.file == file) return &sheet;
  }
  return nullptr;
}

constexpr std::array<std::string_view, 3> k_grant_columns = {"role", "unit", "area"};

Json members(const CsvTable& table, const CsvRow& row) {
  Json out = Json::object();
  for (const std::string& column : table.columns) {
    if (const std::string& value = table.get(row, column); !value.empty()) out[column] = value;
  }
  return out;
}

Draft draft_of(const CsvTable& table, const CsvRow& row) { return {members(table, row), &table, {&row}, ""}; }

// Rows of one login become one account: what differs is the grant.
std::vector<Draft> accounts(const CsvTable& table) {
  std::vector<Draft> out;
  std::map<std::string, size_t> by_login;
  for (const CsvRow& row : table.rows) {
    Json record = members(table, row), grant = Json::object();
    for (const std::string_view column : k_grant_columns) {
      if (!record.contains(column)) continue;
      grant[std::string(column)] = record[std::string(column)];
      record.erase(std::string(column));
    }
    const auto [at, fresh] = by_login.emplace(text_of(record, "login"), out.size());
    if (fresh) {
      record["grants"] = Json::array();
      out.push_back({std::move(record), &table, {}, "grants"});
    }
    out[at->second].record["grants"].push_back(std::move(grant));
    out[at->second].rows.push_back(&row);
  }
  return out;
}

// Days become one calendar a year, an estimate when one of its rows says so ("yes", "是").
std::vector<Draft> calendars(const CsvTable& table) {
  std::map<std::string, Draft> by_year;
  for (const CsvRow& row : table.rows) {
    const std::string year = table.get(row, "date").substr(0, 4);
    Draft& draft =
        by_year.try_emplace(year, Draft{{{"year", year}, {"days", Json::array()}}, &table, {}, "days"}).first->second;
    Json day = members(table, row);
    if (day.contains("estimate")) {
      draft.record["estimate"] = day["estimate"] == "yes" || day["estimate"] == "是";
      day.erase("estimate");
    }
    draft.record["days"].push_back(std::move(day));
    draft.rows.push_back(&row);
  }
  std::vector<Draft> out;
  for (auto& [year, draft] : by_year) out.push_back(std::move(draft));
  return out;
}

// One field holds the packs of an area, with semicolons between them.
void split_packs(Json& record) {
  if (!record.contains("packs")) return;
  std::istringstream field(text_of(record, "packs"));
  record["packs"] = Json::array();
  for (std::string id; std::getline(field, id, ';');) {
    const size_t first = id.find_first_not_of(' '), last = id.find_last_not_of(' ');
    if (first != id.npos) record["packs"].push_back(id.substr(first, last - first + 1));
  }
}

// Higher areas first, whatever their order in the file.
std::vector<Draft> areas(const CsvTable& table) {
  constexpr std::array<std::string_view, 4> k_levels = {"county", "town", "village", "grid"};
  std::vector<Draft> out;
  for (const CsvRow& row : table.rows) {
    out.push_back(draft_of(table, row));
    split_packs(out.back().record);
  }
  const auto rank = [&](const Draft& draft) {
    return std::find(k_levels.begin(), k_levels.end(), text_of(draft.record, "level"));
  };
  std::stable_sort(out.begin(), out.end(), [&](const Draft& a, const Draft& b) { return rank(a) < rank(b); });
  return out;
}

std::vector<Draft> drafts(const Sheet& sheet, const CsvTable& table) {
  if (sheet.kind == "area") return areas(table);
  if (sheet.kind == "account") return accounts(table);
  if (sheet.kind == "calendar") return calendars(table);
  std::vector<Draft> out;
  for (const CsvRow& row : table.rows) out.push_back(draft_of(table, row));
  return out;
}

Draft person_of(const Draft& draft) {
  Draft person = draft;
  person.record = {{"name", text_of(draft.record, "name")}, {"id_number", text_of(draft.record, "id_number")}};
  const CsvRow& row = *draft.rows.front();
  if (const std::string& unit = draft.table->get(row, "unit"); !unit.empty()) person.record["unit"] = unit;
  person.list.clear();
  return person;
}

// What looks wrong and is kept: qualification will say so when it matters.
void warn(const Draft& draft, std::vector<Refusal>& warnings) {
  const CsvRow& row = *draft.rows.front();
  const auto add = [&](std::string_view column, std::string_view zh, std::string_view en) {
    warnings.push_back(draft.table->invalid(row, column, {std::string(zh), std::string(en)}));
  };
  const std::string id_number = text_of(draft.record, "id_number"), code = text_of(draft.record, "credit_code");
  if (!id_number.empty() && !is_id_number(id_number)) {
    add("id_number", "身份证号校验位不符", "the identity number's check digit is wrong");
  }
  if (!code.empty() && !is_credit_code(code)) {
    add("credit_code", "统一社会信用代码校验位不符", "the credit code's check digit is wrong");
  }
}

void import_sheet(const Sheet& sheet, const CsvTable& table, Judge& judge, Import& import) {
  import.errors.insert(import.errors.end(), table.errors.begin(), table.errors.end());
  for (const Draft& draft : drafts(sheet, table)) {
    warn(draft, import.warnings);
    if (!judge.fits_schema(sheet.kind, draft, import.errors)) {
      judge.assume(sheet.kind, draft);
      continue;
    }
    const bool is_new_person = sheet.has_person && !judge.knows("person", text_of(draft.record, "id_number"));
    if (is_new_person && !judge.register_one("person", person_of(draft), import)) {
      judge.assume(sheet.kind, draft);
      continue;
    }
    judge.register_one(sheet.kind, draft, import);
  }
}

Refusal unreadable(const std::string& path, std::string_view zh, std::string_view en) {
  return {Code::file_unreadable, {{"path", path}, {"reason", bilingual(zh, en)}}, {}};
}

}  // namespace

Import import_tables(const std::map<std::string, std::string>& bytes_by_name, const View& view, const Actor& actor) {
  Import import;
  Judge judge(view, actor);
  for (const Sheet& sheet : sheets()) {
    const auto file = bytes_by_name.find(std::string(sheet.file));
    if (file == bytes_by_name.end()) continue;
    const CsvTable table = read_csv(file->first, file->second, sheet.required, sheet.optional);
    import_sheet(sheet, table, judge, import);
  }
  return import;
}

Import import_ledger(const std::string& path, const View& view, const Actor& actor) {
  namespace fs = std::filesystem;
  std::error_code failed;
  std::vector<fs::path> paths;
  if (fs::is_directory(path, failed)) {
    for (const Sheet& sheet : sheets()) {
      if (fs::exists(fs::path(path) / sheet.file, failed)) paths.push_back(fs::path(path) / sheet.file);
    }
  } else if (sheet_of(fs::path(path).filename().string())) {
    paths.push_back(path);
  }
  Import import;
  if (paths.empty()) {
    import.errors.push_back(unreadable(path, "没有可导入的表", "it holds no table to import"));
    return import;
  }
  std::map<std::string, std::string> bytes_by_name;
  for (const fs::path& one : paths) {
    std::ifstream in(one, std::ios::binary);
    if (!in) import.errors.push_back(unreadable(one.string(), "无法打开", "it cannot be opened"));
    bytes_by_name[one.filename().string()] = {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  if (!import.errors.empty()) return import;
  return import_tables(bytes_by_name, view, actor);
}

}  // namespace sparkgate::admin
