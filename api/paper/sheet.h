// A ruled form on A4 pages: rows of cells, broken over pages where they must be, with heads that are repeated.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "certs/qr.h"

struct _PangoContext;
struct _cairo;

namespace sparkgate::api {

inline constexpr int k_sheet_columns = 24;

enum class CellStyle {
  value,  // upright, at the left
  centred,
  label,    // what stands beside it, on grey
  section,  // a line of its own above a table
  tick      // a box to be ticked, its text within
};

struct Cell {
  int columns = k_sheet_columns;  // of the sheet's 24
  CellStyle style = CellStyle::value;
  std::string text;
};

struct Row {
  std::vector<Cell> cells;  // their columns add up to the sheet's
  double least_mm = 5.8;    // for what is filled in by hand
};

/// What stands on every page of one copy.
struct PageFrame {
  std::string left, right;  // above the form
  std::string foot;         // "{page}" and "{pages}" are filled in
  std::string watermark;    // across the page, pale; "": none
};

struct Heading {
  std::string title, below;
  QrCode qr;
  std::string qr_caption;
};

class Sheet {
 public:
  /// `target`: null to count pages alone. `pages`: of each copy, known from counting; empty while it is not.
  Sheet(_PangoContext* fonts, _cairo* target, std::vector<int> pages);
  Sheet(const Sheet&) = delete;
  ~Sheet();

  void begin_copy(const PageFrame& frame);  // on a new page
  void heading(const Heading& heading);
  void row(const Row& row);
  /// Draws the rows, and again at the top of each page until the table ends.
  void begin_table(std::vector<Row> head);
  void end_table() { table_head_.clear(); }
  /// Ends the last page. How many each copy has.
  const std::vector<int>& finish();

 private:
  struct Laid;
  std::vector<Laid> lay_out(const Row& row) const;
  double height_of(const std::vector<Laid>& cells, const Row& row) const;
  void draw_part(const std::vector<Laid>& cells, int from, int lines, double height, bool whole);
  void draw_cell(const Laid& cell, int from, int lines, double height, bool whole);
  void draw_lines(const Laid& cell, int from, int lines, double top);
  void draw_text(const std::string& text, double x, double y, double size, bool bold, double align);
  void draw_qr(const QrCode& qr, double left, double top);
  void draw_watermark();
  void draw_frame();
  void begin_page();
  double left_on_page() const;

  _PangoContext* const fonts_;
  _cairo* const target_;
  const std::vector<int> pages_;
  std::vector<int> counted_;
  PageFrame frame_;
  std::vector<Row> table_head_;
  bool repeats_head_ = false;
  double y_ = 0;
};

}  // namespace sparkgate::api
