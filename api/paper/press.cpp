#include "api/paper/press.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr auto k_longest_wait = seconds(10);
constexpr double k_points_per_mm = 72 / 25.4;
constexpr double k_width = 210 * k_points_per_mm, k_height = 297 * k_points_per_mm;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Fonts = std::unique_ptr<PangoFontMap, Freed<g_object_unref>>;
using Context = std::unique_ptr<PangoContext, Freed<g_object_unref>>;
using Surface = std::unique_ptr<cairo_surface_t, Freed<cairo_surface_destroy>>;
using Target = std::unique_ptr<cairo_t, Freed<cairo_destroy>>;
using Options = std::unique_ptr<cairo_font_options_t, Freed<cairo_font_options_destroy>>;

bool has_family(PangoFontMap& fonts, const std::string& family) {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(&fonts, &families, &count);
  bool found = false;
  for (int i = 0; i < count; ++i) found |= pango_font_family_get_name(families[i]) == family;
  g_free(families);
  return found;
}

cairo_status_t append(void* out, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

// A point is a unit, and metrics are those of the outlines: what was counted is what is drawn.
Context context_of(PangoFontMap& fonts, const std::string& family) {
  Context context(pango_font_map_create_context(&fonts));
  const Options options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context.get(), options.get());
  pango_cairo_context_set_resolution(context.get(), 72);
  pango_context_set_language(context.get(), pango_language_from_string("zh-cn"));
  PangoFontDescription* font = pango_font_description_from_string(family.c_str());
  pango_context_set_font_description(context.get(), font);
  pango_font_description_free(font);
  return context;
}

}  // namespace

struct Press::Type {
  Fonts fonts;
  Context context;
};

Press::Press(std::string family) : family_(std::move(family)) {}
Press::~Press() = default;

Result<std::string> Press::print(const std::string& title, Time at, const std::function<void(Sheet&)>& draw) {
  const std::unique_lock turn(turn_, k_longest_wait);
  if (!turn) return refuse(Code::too_busy);
  return print_now(title, at, draw);
}

Result<std::string> Press::print_now(const std::string& title, Time at, const std::function<void(Sheet&)>& draw) {
  if (!type_) {
    Fonts fonts(pango_cairo_font_map_new());
    if (!has_family(*fonts, family_)) return refuse(Code::paper_font_missing, {{"package", k_paper_font_package}});
    Context context = context_of(*fonts, family_);
    type_ = std::make_unique<Type>(Type{std::move(fonts), std::move(context)});
  }
  Sheet counting(type_->context.get(), nullptr, {});
  draw(counting);
  std::string pdf;
  {
    const Surface surface(cairo_pdf_surface_create_for_stream(append, &pdf, k_width, k_height));
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Sparkgate");
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, format_time(at).c_str());
    const Target target(cairo_create(surface.get()));
    Sheet sheet(type_->context.get(), target.get(), counting.finish());
    draw(sheet);
    sheet.finish();
    cairo_surface_finish(surface.get());
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) throw std::runtime_error("cairo made no PDF");
  }
  return pdf;
}

}  // namespace sparkgate::api
