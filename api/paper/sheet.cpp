#include "api/paper/sheet.h"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>

#include "engine/base/refusal.h"

namespace sparkgate::api {
namespace {

constexpr double k_mm = 72 / 25.4;  // points
constexpr double k_page_width = 210 * k_mm, k_page_height = 297 * k_mm;
constexpr double k_left = 13 * k_mm, k_form_width = k_page_width - 2 * k_left;
constexpr double k_top = 17 * k_mm, k_bottom = k_page_height - 15 * k_mm;
constexpr double k_column = k_form_width / k_sheet_columns;
constexpr double k_pad_x = 2.4, k_pad_y = 1.8;  // points, within a cell
constexpr double k_size = 8.3, k_small = 7.2, k_title = 18, k_section = 9;
constexpr double k_leading = 11.4, k_ascent = 8.6;  // of a line, to its base
constexpr double k_rule = 0.55;
constexpr double k_box = 8.4;
constexpr int k_fewest_lines = 2;  // of a row that is broken
constexpr double k_qr_side = 25 * k_mm;

struct FreeLayout {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using Layout = std::unique_ptr<PangoLayout, FreeLayout>;

Layout layout_of(PangoContext* fonts, const std::string& text, double size, bool bold) {
  Layout layout(pango_layout_new(fonts));
  PangoFontDescription* font = pango_font_description_copy(pango_context_get_font_description(fonts));
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

double width_of(PangoLayoutLine* line) {
  PangoRectangle extents;
  pango_layout_line_get_extents(line, nullptr, &extents);
  return static_cast<double>(extents.width) / PANGO_SCALE;
}

bool is_bold(CellStyle style) { return style == CellStyle::section; }

bool is_in_the_middle(CellStyle style) {
  return style == CellStyle::label || style == CellStyle::centred || style == CellStyle::tick;
}

}  // namespace

struct Sheet::Laid {
  const Cell* cell;
  double x, width;
  Layout layout;
  int lines;
};

Sheet::Sheet(PangoContext* fonts, cairo_t* target, std::vector<int> pages)
    : fonts_(fonts), target_(target), pages_(std::move(pages)) {}

Sheet::~Sheet() = default;

const std::vector<int>& Sheet::finish() {
  if (target_ && !counted_.empty()) cairo_show_page(target_);
  return counted_;
}

void Sheet::begin_copy(const PageFrame& frame) {
  if (target_ && !counted_.empty()) cairo_show_page(target_);
  frame_ = frame;
  counted_.push_back(0);
  begin_page();
}

double Sheet::left_on_page() const { return k_bottom - y_; }

void Sheet::begin_page() {
  if (target_ && counted_.back() > 0) cairo_show_page(target_);
  ++counted_.back();
  y_ = k_top;
  if (target_) draw_frame();
  if (repeats_head_ || table_head_.empty()) return;
  repeats_head_ = true;  // a head too long for a page would never end
  for (const Row& head : table_head_) row(head);
  repeats_head_ = false;
}

void Sheet::draw_frame() {
  draw_watermark();
  cairo_set_source_rgb(target_, 0, 0, 0);
  const double base = k_top - 2 * k_mm;
  draw_text(frame_.left, k_left, base, k_small, false, 0);
  draw_text(frame_.right, k_left + k_form_width, base, k_small, true, 1);
  const size_t copy = counted_.size() - 1;
  const int pages = copy < pages_.size() ? pages_[copy] : counted_.back();
  const Text foot =
      fill(frame_.foot, frame_.foot, {{"page", std::to_string(counted_.back())}, {"pages", std::to_string(pages)}});
  draw_text(foot.zh, k_page_width / 2, k_page_height - 8 * k_mm, k_small, false, 0.5);
}

void Sheet::draw_watermark() {
  if (frame_.watermark.empty()) return;
  cairo_save(target_);
  cairo_translate(target_, k_page_width / 2, k_page_height / 2);
  cairo_rotate(target_, -0.9);
  cairo_set_source_rgb(target_, 0.87, 0.87, 0.87);
  draw_text(frame_.watermark, 0, 0, 58, true, 0.5);
  cairo_restore(target_);
}

// `x`, `y`: of the base line, at its left end, its middle or its right end (`align` 0, 0.5, 1).
void Sheet::draw_text(const std::string& text, double x, double y, double size, bool bold, double align) {
  const Layout layout = layout_of(fonts_, text, size, bold);
  PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), 0);
  cairo_move_to(target_, x - align * width_of(line), y);
  pango_cairo_show_layout_line(target_, line);
}

void Sheet::heading(const Heading& heading) {
  if (target_) {
    cairo_set_source_rgb(target_, 0, 0, 0);
    const double middle = k_left + (k_form_width - k_qr_side) / 2;
    draw_text(heading.title, middle, y_ + 12 * k_mm, k_title, true, 0.5);
    draw_text(heading.below, middle, y_ + 19 * k_mm, k_size, false, 0.5);
    draw_qr(heading.qr, k_left + k_form_width - k_qr_side + 2 * k_mm, y_ - 2 * k_mm);
    const double under_it = k_left + k_form_width - k_qr_side / 2 + k_mm;
    draw_text(heading.qr_caption, under_it, y_ + k_qr_side - k_mm, k_small, false, 0.5);
  }
  y_ += k_qr_side + 3 * k_mm;
}

// Its quiet zone begins at that corner.
void Sheet::draw_qr(const QrCode& qr, double left, double top) {
  const double module = (k_qr_side - 2 * k_mm) / (qr.side + 2 * k_quiet_modules);
  left += k_quiet_modules * module;
  top += k_quiet_modules * module;
  for (int y = 0; y < qr.side; ++y) {
    for (int x = 0; x < qr.side; ++x) {
      if (qr.at(x, y)) cairo_rectangle(target_, left + x * module, top + y * module, module, module);
    }
  }
  cairo_fill(target_);
}

void Sheet::begin_table(std::vector<Row> head) {
  // A head alone at the foot of a page heads nothing.
  if (left_on_page() < static_cast<double>(head.size() + 1) * 9 * k_mm) begin_page();
  for (const Row& one : head) row(one);
  table_head_ = std::move(head);
}

std::vector<Sheet::Laid> Sheet::lay_out(const Row& row) const {
  std::vector<Laid> out;
  double x = k_left;
  for (const Cell& cell : row.cells) {
    const double width = cell.columns * k_column;
    const double size = cell.style == CellStyle::section ? k_section : k_size;
    Layout layout = layout_of(fonts_, cell.text, size, is_bold(cell.style));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout.get(), static_cast<int>((width - 2 * k_pad_x) * PANGO_SCALE));
    const int lines = pango_layout_get_line_count(layout.get());
    out.push_back({&cell, x, width, std::move(layout), lines});
    x += width;
  }
  return out;
}

double Sheet::height_of(const std::vector<Laid>& cells, const Row& row) const {
  int most = 0;
  for (const Laid& cell : cells) most = std::max(most, cell.lines);
  return std::max(row.least_mm * k_mm, most * k_leading + 2 * k_pad_y);
}

void Sheet::row(const Row& row) {
  const std::vector<Laid> cells = lay_out(row);
  const double height = height_of(cells, row);
  if (height > left_on_page() && height <= k_bottom - k_top) begin_page();
  if (height <= left_on_page()) {
    draw_part(cells, 0, 0, height, true);
    return;
  }
  int lines = 0;
  for (const Laid& cell : cells) lines = std::max(lines, cell.lines);
  for (int from = 0; from < lines;) {
    const int fitting = std::min(lines - from, static_cast<int>((left_on_page() - 2 * k_pad_y) / k_leading));
    if (fitting < std::min(k_fewest_lines, lines - from)) {
      begin_page();
      continue;
    }
    draw_part(cells, from, fitting, fitting * k_leading + 2 * k_pad_y, false);
    from += fitting;
  }
}

void Sheet::draw_part(const std::vector<Laid>& cells, int from, int lines, double height, bool whole) {
  if (target_) {
    for (const Laid& cell : cells) draw_cell(cell, from, lines, height, whole);
  }
  y_ += height;
}

void Sheet::draw_cell(const Laid& cell, int from, int lines, double height, bool whole) {
  cairo_rectangle(target_, cell.x, y_, cell.width, height);
  if (cell.cell->style == CellStyle::label || cell.cell->style == CellStyle::section) {
    cairo_set_source_rgb(target_, 0.945, 0.945, 0.945);
    if (frame_.watermark.empty()) cairo_fill_preserve(target_);
  }
  cairo_set_source_rgb(target_, 0, 0, 0);
  cairo_set_line_width(target_, k_rule);
  cairo_stroke(target_);
  if (cell.cell->style == CellStyle::tick) {
    cairo_rectangle(target_, cell.x + (cell.width - k_box) / 2, y_ + (height - k_box) / 2, k_box, k_box);
    cairo_stroke(target_);
  }
  const double spare = whole ? (height - cell.lines * k_leading) / 2 : k_pad_y;
  draw_lines(cell, from, whole ? cell.lines : lines, y_ + spare);
}

void Sheet::draw_lines(const Laid& cell, int from, int lines, double top) {
  const int end = std::min(cell.lines, from + lines);
  for (int i = from; i < end; ++i) {
    PangoLayoutLine* line = pango_layout_get_line_readonly(cell.layout.get(), i);
    const double spare = cell.width - 2 * k_pad_x - width_of(line);
    const double x = cell.x + k_pad_x + (is_in_the_middle(cell.cell->style) ? std::max(0.0, spare / 2) : 0);
    cairo_move_to(target_, x, top + (i - from) * k_leading + k_ascent);
    pango_cairo_show_layout_line(target_, line);
  }
}

}  // namespace sparkgate::api
