#include "workflows/report/filing.h"

#include <algorithm>

#include "certs/receipt_code.h"
#include "engine/base/codes.h"
#include "engine/base/utf8.h"

namespace sparkgate::report {
namespace {

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' '; });
}

// Line breaks and tabs are what people write; other control characters and what turns the direction of writing round
// (Unicode's bidirectional controls) only deceive readers.
bool may_stand_in_text(std::string_view text) {
  constexpr std::string_view deceivers[] = {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
                                            "\u2066", "\u2067", "\u2068", "\u2069", "\u200E", "\u200F"};
  const bool plain = std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return (c >= 0x20 && c != 0x7f) || c == '\n' || c == '\r' || c == '\t';
  });
  return plain && is_utf8(text) && std::none_of(std::begin(deceivers), std::end(deceivers), [&](std::string_view one) {
    return text.find(one) != text.npos;
  });
}

Result<void> check_field(std::string_view text, size_t most) {
  if (text.size() > most) return invalid_report("文字过长", "a text is too long");
  if (!may_stand_in_text(text)) return invalid_report("含有不可用的字符", "a text has characters that cannot be used");
  if (find_receipt_code(text)) {
    return invalid_report("内容中有查询码，请删去：查询码不要告诉任何人",
                   "there is a receipt code in it; take it out: a code is for nobody else");
  }
  return {};
}

}  // namespace

tl::unexpected<Refusal> invalid_report(std::string_view zh, std::string_view en) {
  return refuse(Code::report_invalid, {{"reason", bilingual(zh, en)}});
}

// clang-format off
const std::vector<CategoryRow>& categories() {
  static const std::vector<CategoryRow> rows = {
    {"blocked_exit"     , {"占用、堵塞疏散通道或安全出口", "An exit or escape way is blocked"}        , true },
    {"disabled_facility", {"停用、损坏消防设施", "Fire protection is switched off or broken"}       , true },
    {"no_permit"        , {"未办动火作业证动火", "Hot work without a permit"}                       , false},
    {"no_certificate"   , {"无证从事电气焊", "Welding without a certificate"}                       , false},
    {"no_watch"         , {"动火无人监护", "No fire watch"}                                         , false},
    {"business_hours"   , {"公众场所营业期间动火", "Hot work while the public is there"}            , false},
    {"no_notice"        , {"未张贴动火公示", "No notice is posted"}                                 , false},
    {"no_post_check"    , {"作业后未留人检查看守", "Nobody stayed to watch after the work"}         , false},
    {"combustibles"     , {"未清理可燃物", "Things that burn were not cleared away"}                , false},
    {"no_extinguisher"  , {"未配灭火器材", "No extinguisher at hand"}                               , false},
    {"cylinders"        , {"气瓶摆放、间距不当", "Gas cylinders stand wrongly or too near"}         , false},
    {"no_gas_test"      , {"未做气体检测", "No gas test was made"}                                  , false},
    {"beyond_permit"    , {"超出批准的地点、时间或内容", "Other place, time or work than permitted"}, false},
    {"other"            , {"其他", "Something else"}                                                , false},
  };
  return rows;
}
// clang-format on

const CategoryRow* category_row(std::string_view code) {
  const auto& rows = categories();
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const CategoryRow& row) { return row.code == code; });
  return at == rows.end() ? nullptr : &*at;
}

Result<void> check(const Filing& filing) {
  if (!category_row(filing.category)) return invalid_report("请选择类别", "choose a kind");
  if (is_blank(filing.address) && filing.area.empty()) return invalid_report("请填写地点", "say where");
  if (is_blank(filing.text)) return invalid_report("请填写情况", "say what you saw");
  for (const std::string* words : {&filing.address, &filing.when, &filing.area}) {
    if (auto good = check_field(*words, k_max_words_bytes); !good) return good;
  }
  return check_field(filing.text, k_max_report_bytes);
}

Result<void> check_words(const std::string& text) {
  return is_blank(text) ? invalid_report("请填写内容", "write something") : check_field(text, k_max_report_bytes);
}

Json to_json(const Filing& filing) {
  return {{"address", filing.address}, {"area", filing.area}, {"category", filing.category},
          {"text", filing.text},       {"type", "report"},    {"when", filing.when},
          {"without", filing.without}};
}

}  // namespace sparkgate::report
