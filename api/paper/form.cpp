#include "api/paper/form.h"

namespace sparkgate::api {
namespace {

struct Field {
  std::string_view key;
  int columns;
};
using FieldRow = std::vector<Field>;

constexpr int k_label_columns = 4;
constexpr double k_by_hand_mm = 8.5;  // a row that somebody may have to write into
constexpr size_t k_fewest_samples = 3;
constexpr std::string_view k_tick = "√";

const FieldRow k_head[] = {
    {{"applying_unit", 8}, {"applied_at", 8}},
    {{"owner_unit", 8}, {"working_unit", 8}},
    {{"work", 20}},
    {{"address", 20}},
    {{"grade", 8}, {"method", 8}},
    {{"certificates", 20}},
    {{"in_charge", 8}, {"fire_watch", 8}},
    {{"machines", 20}},
    {{"related", 20}},
    {{"hazards", 20}},
    {{"window", 20}},
    {{"done", 20}},
};
const Field k_gas[] = {{"gas_at", 4}, {"point", 4},   {"gas_name", 2},   {"lel", 2},        {"gas_result", 2},
                       {"oxygen", 2}, {"analyst", 2}, {"instrument", 4}, {"recorded_by", 2}};
const Field k_measures[] = {{"clause", 2},      {"measure", 12},     {"applies", 1},
                            {"applies_not", 1}, {"confirmed_by", 3}, {"confirmed_at", 5}};
const Field k_signatures[] = {{"signer", 5}, {"opinion", 8}, {"name", 4}, {"signed_at", 4}, {"hand", 3}};

class Form {
 public:
  Form(Sheet& sheet, const PaperRecord& record, const FormFrame& frame, Language language)
      : sheet_(sheet), record_(record), frame_(frame), language_(language) {}

  void draw(const std::string& copy_name) {
    const std::string title = word("paper");
    sheet_.begin_copy({title + " " + frame_.number, copy_name, word("foot"), frame_.watermark});
    const Json details = {{"number", frame_.number}, {"state", frame_.state}};
    sheet_.heading({title, paper_words().say("number", language_, details), frame_.qr, word("notice")});
    for (const FieldRow& fields : k_head) field_row(fields);
    samples();
    measures();
    signatures();
    receipts();
  }

 private:
  std::string word(std::string_view key) const { return paper_words().say(key, language_); }
  std::string field(std::string_view key) const {
    const auto found = record_.fields.find(key);
    return found == record_.fields.end() ? "" : found->second;
  }

  void field_row(const FieldRow& fields) {
    Row row;
    for (const auto& [key, columns] : fields) {
      row.cells.push_back({k_label_columns, CellStyle::label, word(key)});
      row.cells.push_back({columns, CellStyle::value, field(key)});
    }
    sheet_.row(row);
  }

  template <size_t n>
  void begin_table(std::string_view section, const Field (&columns)[n]) {
    Row head;
    for (const auto& [key, width] : columns) head.cells.push_back({width, CellStyle::label, word(key)});
    sheet_.begin_table({{{{k_sheet_columns, CellStyle::section, word(section)}}}, head});
  }

  // The texts into the table's columns, in order; what is not told is left to be written in.
  template <size_t n>
  void table_row(const Field (&columns)[n], const std::string (&texts)[n], CellStyle style = CellStyle::centred) {
    Row row;
    bool is_empty = false;
    for (size_t i = 0; i < n; ++i) {
      row.cells.push_back({columns[i].columns, style, texts[i]});
      is_empty |= texts[i].empty();
    }
    if (is_empty) row.least_mm = k_by_hand_mm;
    sheet_.row(row);
  }

  void left_out(size_t count) {
    if (count == 0) return;
    const std::string text = paper_words().say("left_out", language_, {{"count", std::to_string(count)}});
    sheet_.row({{{k_sheet_columns, CellStyle::value, text}}});
  }

  void samples() {
    begin_table("gas", k_gas);
    left_out(record_.samples_left_out);
    for (const PaperSample& s : record_.samples) {
      table_row(k_gas, {s.at, s.point, s.gas, s.lel, s.result, s.oxygen, s.analyst, s.instrument, s.recorded_by});
    }
    for (size_t i = record_.samples.size(); i < k_fewest_samples; ++i) {
      table_row(k_gas, {"", "", "", "", "", "", "", "", ""});
    }
    sheet_.end_table();
    if (!field("continuous").empty()) field_row({{"continuous", 20}});
  }

  void measures() {
    begin_table("measures", k_measures);
    for (const PaperMeasure& measure : record_.measures) {
      const auto tick = [&](bool set) { return Cell{1, CellStyle::tick, set ? std::string(k_tick) : ""}; };
      Row row;
      row.cells = {{2, CellStyle::centred, measure.code},
                   {12, CellStyle::value, measure.text},
                   tick(measure.applies),
                   tick(!measure.applies),
                   {3, CellStyle::centred, measure.confirmed.name},
                   {5, CellStyle::centred, measure.confirmed.when_and_where}};
      sheet_.row(row);
    }
    sheet_.end_table();
  }

  void signatures() {
    begin_table("signatures", k_signatures);
    left_out(record_.signatures_left_out);
    for (const PaperSignature& signature : record_.signatures) {
      const PaperMark& mark = signature.mark;
      Row row;
      row.cells = {{5, CellStyle::label, signature.label},
                   {8, CellStyle::value, mark.opinion},
                   {4, CellStyle::centred, mark.name + (mark.key.empty() ? "" : "\n" + mark.key)},
                   {4, CellStyle::centred, mark.when_and_where},
                   {3, CellStyle::value, ""}};
      row.least_mm = k_by_hand_mm;
      sheet_.row(row);
    }
    sheet_.end_table();
  }

  void receipts() {
    sheet_.begin_table({{{{k_sheet_columns, CellStyle::section, word("receipts")}}}});
    for (const auto& [key, text] : frame_.receipts) {
      sheet_.row({{{k_label_columns, CellStyle::label, word(key)}, {20, CellStyle::value, text}}});
    }
    sheet_.end_table();
  }

  Sheet& sheet_;
  const PaperRecord& record_;
  const FormFrame& frame_;
  const Language language_;
};

}  // namespace

void draw_form(Sheet& sheet, const PaperRecord& record, const FormFrame& frame, const std::vector<size_t>& copies,
               Language language) {
  Form form(sheet, record, frame, language);
  if (copies.empty()) form.draw("");
  constexpr std::string_view k_ordinals_zh[] = {"一", "二", "三"};
  for (const size_t copy : copies) {
    const std::string holder = paper_words().say("copy." + record.copies.at(copy), language);
    const std::string number = language == Language::zh && copy < std::size(k_ordinals_zh)
                                   ? std::string(k_ordinals_zh[copy])
                                   : std::to_string(copy + 1);
    form.draw(paper_words().say("copy", language, {{"number", number}, {"holder", holder}}));
  }
}

}  // namespace sparkgate::api
