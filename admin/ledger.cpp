#include "admin/ledger.h"

#include <fstream>
#include <set>
#include <sstream>

#include "certs/identifiers.h"
#include "engine/base/codes.h"

namespace sparkgate::admin {
namespace {

const Text k_empty{"不得为空", "must not be empty"};
const Text k_twice{"重复登记", "is listed twice"};
const Text k_no_day{"不是日期（2026-08-14）", "is not a day (2026-08-14)"};

// Headings of the paper form, and the application's members that they fill.
struct Answer {
  std::string_view heading, member;
};
constexpr Answer k_yes_or_no[] = {
    {"特种设备", "special_equipment"},
    {"易燃易爆场所", "explosive_place"},
    {"带压或运行", "running_or_pressurised"},
    {"停车清洗隔离经批准", "isolated_with_approval"},
    {"重大危险源罐区防火堤内", "tank_bund"},
    {"管廊", "pipe_rack"},
    {"确需作业", "essential"},
};
constexpr Answer k_methods[] = {
    {"电焊", "electric_welding"},   {"气焊", "gas_welding"}, {"气割", "gas_cutting"},
    {"压力焊", "pressure_welding"}, {"钎焊", "brazing"},     {"打磨", "grinding"},
};

// One file while it is read: what is wrong with a field is kept, and reading goes on.
class Reader {
 public:
  Reader(const Ledger::Files& files, const std::string& file, const std::vector<std::string_view>& columns,
         std::vector<Refusal>& errors)
      : errors_(errors) {
    table_.file = file;
    const auto bytes = files(file);
    if (!bytes || bytes->empty()) {
      errors_.push_back({Code::file_unreadable,
                         {{"path", file},
                          {"reason", {{"zh", "文件不存在或不可读"}, {"en", "there is no such file, or it is empty"}}}},
                         {}});
      return;
    }
    table_ = read_csv(file, *bytes, columns);
    errors_.insert(errors_.end(), table_.errors.begin(), table_.errors.end());
  }

  const std::vector<CsvRow>& rows() const { return table_.rows; }

  const std::string& text(const CsvRow& row, std::string_view column) const { return table_.get(row, column); }

  void bad(const CsvRow& row, std::string_view column, const Text& reason) {
    errors_.push_back(table_.invalid(row, column, reason));
  }

  // In upper case; a key is never empty.
  std::string key(const CsvRow& row, std::string_view column) {
    if (text(row, column).empty()) bad(row, column, k_empty);
    return normal_identifier(text(row, column));
  }

  std::string unique_key(const CsvRow& row, std::string_view column) {
    const std::string value = key(row, column);
    if (!value.empty() && !seen_.insert(value).second) bad(row, column, k_twice);
    return value;
  }

  // Empty is unknown.
  const std::string& day(const CsvRow& row, std::string_view column) {
    const std::string& value = text(row, column);
    if (!value.empty() && (value.size() != 10 || !parse_time(value + "T00:00:00Z"))) bad(row, column, k_no_day);
    return value;
  }

  const std::string& one_of(const CsvRow& row, std::string_view column, const std::vector<std::string_view>& values) {
    const std::string& value = text(row, column);
    std::string all;
    for (const auto one : values) {
      if (value == one) return value;
      all.append(all.empty() ? "" : ", ").append(one);
    }
    bad(row, column, {"须为以下之一：" + all, "must be one of " + all});
    return value;
  }

  std::optional<Time> time(const CsvRow& row, std::string_view column) {
    const auto time = parse_time(text(row, column));
    if (time) return *time;
    bad(row, column,
        {"不是带时区的时间（2026-08-14T08:00:00+08:00）", "is not a time with its offset (2026-08-14T08:00:00+08:00)"});
    return std::nullopt;
  }

 private:
  CsvTable table_;
  std::vector<Refusal>& errors_;
  std::set<std::string> seen_;
};

Json split(const std::string& text) {
  Json out = Json::array();
  std::string part;
  const auto close = [&] {
    const size_t first = part.find_first_not_of(" \t"), last = part.find_last_not_of(" \t");
    if (first != part.npos) out.push_back(part.substr(first, last - first + 1));
    part.clear();
  };
  static constexpr std::string_view k_wide_semicolon = ";";
  for (size_t i = 0; i < text.size();) {
    const bool wide = text.compare(i, k_wide_semicolon.size(), k_wide_semicolon) == 0;
    if (wide || text[i] == ';') {
      close();
    } else {
      part += text[i];
    }
    i += wide ? k_wide_semicolon.size() : 1;
  }
  close();
  return out;
}

// Empty answers stay away: unknown, so a person decides.
void read_place(Reader& reader, const CsvRow& row, Json& json) {
  const std::string& where = reader.text(row, "室内外");
  if (where == "室内" || where == "室外") {
    json["place"] = {{"outdoor", where == "室外"}};
  } else if (!where.empty()) {
    reader.bad(row, "室内外", {"须为室内或室外", "must be 室内 (indoors) or 室外 (outdoors)"});
  }
  for (const auto& [heading, member] : k_yes_or_no) {
    const std::string& answer = reader.text(row, heading);
    if (answer == "是" || answer == "否") {
      json[std::string(member)] = answer == "是";
    } else if (!answer.empty()) {
      reader.bad(row, heading, {"须为是或否", "must be 是 (yes) or 否 (no)"});
    }
  }
  const std::string& wind = reader.text(row, "风力");
  const bool is_force = wind.size() <= 2 && wind.find_first_not_of("0123456789") == wind.npos;
  if (!is_force) reader.bad(row, "风力", {"须为风力等级（整数）", "must be a wind force, a whole number"});
  if (is_force && !wind.empty()) json["wind_force"] = std::stoi(wind);
}

void read_window(Reader& reader, const CsvRow& row, Json& json) {
  const auto starts = reader.time(row, "开始时间"), ends = reader.time(row, "结束时间");
  if (starts && ends && *ends <= *starts) {
    reader.bad(row, "结束时间", {"结束时间须晚于开始时间", "the end must come after the start"});
  }
  json["starts"] = reader.text(row, "开始时间");
  json["ends"] = reader.text(row, "结束时间");
}

Json read_application(Reader& reader, const CsvRow& row) {
  Json json = {{"unit", reader.text(row, "申请单位")},
               {"owner_unit", reader.text(row, "用火单位")},
               {"operators", split(reader.text(row, "作业人证号"))},
               {"fire_watch", reader.text(row, "监护人身份证号")},
               {"machines", split(reader.text(row, "焊机编号"))}};
  const std::string& method = reader.text(row, "动火方式");
  for (const auto& [heading, member] : k_methods) {
    if (method == heading) json["method"] = member;
  }
  if (!method.empty() && !json.contains("method")) reader.bad(row, "动火方式", {"没有这一方式", "no such method"});
  read_place(reader, row, json);
  read_window(reader, row, json);
  return json;
}

}  // namespace

Ledger Ledger::of_folder(const std::string& folder) {
  return Ledger([&](const std::string& file) -> std::optional<std::string> {
    std::ifstream stream(folder + "/" + file, std::ios::binary);
    std::stringstream bytes;
    if (!stream || !(bytes << stream.rdbuf())) return std::nullopt;
    return bytes.str();
  });
}

Ledger::Ledger(const Files& files) {
  Reader units(files, "units.csv", {"credit_code", "name", "kind", "area", "status"}, errors_);
  for (const CsvRow& row : units.rows()) {
    units_[units.unique_key(row, "credit_code")] = units.one_of(row, "status", {"allowed", "suspended"});
  }
  Reader operators(files, "operators.csv",
                   {"name", "id_number", "certificate_no", "issuer", "class", "issued_on", "valid_until", "review_due",
                    "status", "unit"},
                   errors_);
  for (const CsvRow& row : operators.rows()) {
    const auto& status = operators.one_of(row, "status", {"valid", "suspended", "revoked"});
    certificates_.emplace(operators.key(row, "certificate_no"),
                          CertificateRecord{operators.text(row, "id_number"), operators.text(row, "class"),
                                            operators.day(row, "issued_on"), operators.day(row, "valid_until"),
                                            operators.day(row, "review_due"), status});
  }
  Reader watches(files, "fire_watches.csv", {"name", "id_number", "unit", "trained_on", "training_valid_until"},
                 errors_);
  for (const CsvRow& row : watches.rows()) {
    fire_watches_[watches.unique_key(row, "id_number")] = {watches.day(row, "trained_on"),
                                                           watches.day(row, "training_valid_until")};
  }
  Reader machines(files, "machines.csv", {"code", "kind", "unit", "inspected_until"}, errors_);
  for (const CsvRow& row : machines.rows()) {
    machines_[machines.unique_key(row, "code")] = machines.day(row, "inspected_until");
  }
  Reader calendar(files, "calendar.csv", {"date", "kind"}, errors_);
  for (const CsvRow& row : calendar.rows()) {
    calendar.unique_key(row, "date");
    calendar_[calendar.day(row, "date")] = calendar.one_of(row, "kind", {"holiday", "workday"});
  }
  Reader forms(files, "applications.csv",
               {"申请编号", "申请单位", "用火单位", "区域代码", "动火地点", "经度", "纬度", "室内外", "动火方式",
                "特种设备", "易燃易爆场所", "带压或运行", "停车清洗隔离经批准", "重大危险源罐区防火堤内", "管廊",
                "风力", "确需作业", "开始时间", "结束时间", "作业人证号", "监护人身份证号", "焊机编号"},
               errors_);
  for (const CsvRow& row : forms.rows()) {
    forms.unique_key(row, "申请编号");
    applications_.push_back({forms.text(row, "申请编号"), read_application(forms, row)});
  }
}

std::vector<CertificateRecord> Ledger::certificates(const std::string& number) const {
  std::vector<CertificateRecord> out;
  const auto [first, last] = certificates_.equal_range(number);
  for (auto it = first; it != last; ++it) out.push_back(it->second);
  return out;
}

std::optional<FireWatchRecord> Ledger::fire_watch(const std::string& id_number) const {
  const auto it = fire_watches_.find(id_number);
  return it == fire_watches_.end() ? std::nullopt : std::optional(it->second);
}

std::optional<std::string> Ledger::machine_inspected_until(const std::string& code) const {
  const auto it = machines_.find(code);
  return it == machines_.end() ? std::nullopt : std::optional(it->second);
}

std::optional<std::string> Ledger::unit_status(const std::string& credit_code) const {
  const auto it = units_.find(credit_code);
  return it == units_.end() ? std::nullopt : std::optional(it->second);
}

bool Ledger::is_rest_day(const std::string& day) const {
  if (const auto it = calendar_.find(day); it != calendar_.end()) return it->second == "holiday";
  return rules::is_weekend(day);
}

}  // namespace sparkgate::admin
