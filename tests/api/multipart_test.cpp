#include "api/multipart.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/files.h"
#include "tests/support/multipart_property.h"

namespace sparkgate::api {
namespace {

constexpr MultipartLimits k_limits{.parts = 3, .head_bytes = 120, .text_bytes = 10};
const std::filesystem::path k_seeds = SOURCE_DIR "/tests/fuzz/corpus/multipart";

// "name(filename) type=[bytes] " of each part, "]" once it has ended.
struct Transcript final : PartSink {
  std::string text;
  std::string stop_at;  // after that it wants no more
  bool is_wanted() const { return stop_at.empty() || !text.ends_with(stop_at); }

  bool part_begins(const PartHead& head) override {
    text += head.name + (head.is_file ? "(" + head.filename + ")" : "");
    text += (head.content_type.empty() ? "" : " " + head.content_type) + "=[";
    return is_wanted();
  }
  bool part_bytes(std::string_view bytes) override { return text += bytes, is_wanted(); }
  bool part_ends() override { return text += "] ", is_wanted(); }
};

// The parts, and "whole" or the fault.
std::string read(std::string_view boundary, const std::vector<std::string_view>& pieces,
                 const MultipartLimits& limits = k_limits, const std::string& stop_at = "") {
  Transcript parts;
  parts.stop_at = stop_at;
  Multipart form(boundary, limits, parts);
  for (const std::string_view piece : pieces) {
    if (!form.feed(piece)) break;
  }
  const auto outcome = form.finish();
  return parts.text + (outcome ? "whole" : std::string(name_of(outcome.error())));
}

std::string part(const std::string& head, const std::string& content) {
  return "--b\r\n" + head + "\r\n\r\n" + content + "\r\n";
}
std::string disposed(const std::string& parameters) {
  return part("Content-Disposition: form-data" + parameters, "1");
}
std::string text(const std::string& name, const std::string& content) {
  return part("Content-Disposition: form-data; name=\"" + name + "\"", content);
}
std::string file(const std::string& content) {
  return part("Content-Disposition: form-data; name=\"f\"; filename=\"x\"", content);
}
std::string typed(const std::string& field) {
  return part("Content-Disposition: form-data; name=\"a\"\r\n" + field, "1");
}

const std::string k_end = "--b--\r\n";

struct Row {
  const char* what;
  std::string body;
  std::string outcome;
};

// clang-format off
const Row k_bodies[] = {
  {"one field"                        , text("a", "1") + k_end                        , "a=[1] whole"},
  {"no field"                         , k_end                                         , "whole"},
  {"no last line end"                 , text("a", "1") + "--b--"                      , "a=[1] whole"},
  {"an empty field"                   , text("a", "") + k_end                         , "a=[] whole"},
  {"two of one name"                  , text("a", "1") + text("a", "2") + k_end       , "a=[1] a=[2] whole"},
  {"a file"                           , file("12345678901") + k_end                   , "f(x)=[12345678901] whole"},
  {"a field for a file, left empty"   , disposed("; name=\"f\"; filename=\"\"") + k_end , "f()=[1] whole"},
  {"line ends in a text"              , text("a", "1\r\n\n\r2\r\n") + k_end           , "a=[1\r\n\n\r2\r\n] whole"},
  {"nearly a boundary"                , file("\r\r\n\r\n-\r\n--\r\n--a\r\n-b") + k_end, "f(x)=[\r\r\n\r\n-\r\n--\r\n--a\r\n-b] whole"},
  {"a boundary within a line"         , file("--a--b\r--b\n--b") + k_end              , "f(x)=[--a--b\r--b\n--b] whole"},
  {"nothing but CR"                   , file("\r\r\r") + k_end                        , "f(x)=[\r\r\r] whole"},
  {"a boundary's dashes"              , file("-") + k_end                             , "f(x)=[-] whole"},
  {"as many parts as may be"          , text("a", "") + text("b", "") + text("c", "") + k_end, "a=[] b=[] c=[] whole"},
  {"texts as long as may be"          , text("a", "1234567890") + text("b", "1234567890") + k_end, "a=[1234567890] b=[1234567890] whole"},

  {"a type of its own"                , typed("Content-Type: text/plain") + k_end     , "a text/plain=[1] whole"},
  {"names of fields in any case"      , part("CONTENT-DISPOSITION:Form-Data;NAME=\"a\"", "1") + k_end, "a=[1] whole"},
  {"values without quotes"            , disposed("; name=a; filename=x") + k_end      , "a(x)=[1] whole"},
  {"blanks around parameters"         , disposed(" \t; \tname=\"a\"  ") + k_end       , "a=[1] whole"},
  {"parameters that say nothing here" , disposed("; size=1; name=\"a\"") + k_end      , "a=[1] whole"},
  {"fields that say nothing here"     , typed("X-A: 1\r\nX-A: 2\r\nContent-Length: 9") + k_end, "a=[1] whole"},
  {"an encoding that changes nothing" , typed("Content-Transfer-Encoding: Binary") + k_end, "a=[1] whole"},
  {"escapes in a name"                , disposed("; name=\"%22a%0D%0Ab%0d%41%\"") + k_end, "\"a\r\nb%0d%41%=[1] whole"},
  {"escapes in a file's name"         , disposed("; name=\"a\"; filename=\"%22../火\\\"") + k_end, "a(%22../火\\)=[1] whole"},
  {"a semicolon in a file's name"     , disposed("; name=\"a\"; filename=\"x; name=y\"") + k_end, "a(x; name=y)=[1] whole"},

  {"nothing"                          , ""                                            , "incomplete"},
  {"a preamble"                       , "\r\n" + text("a", "1") + k_end               , "preamble"},
  {"another boundary"                 , "--c\r\n" + k_end                             , "preamble"},
  {"an epilogue"                      , text("a", "1") + k_end + "x"                  , "a=[1] epilogue"},
  {"a second last line end"           , text("a", "1") + k_end + "\r\n"               , "a=[1] epilogue"},
  {"LF at the end"                    , text("a", "1") + "--b--\n"                    , "a=[1] epilogue"},
  {"half a line end at the end"       , text("a", "1") + "--b--\r"                    , "a=[1] incomplete"},
  {"no last boundary"                 , text("a", "1")                                , "a=[1incomplete"},
  {"half of the last boundary"        , text("a", "1") + "--b-"                       , "a=[1] incomplete"},
  {"a part that is cut"               , text("a", "1").substr(0, 49)                  , "a=[incomplete"},
  {"a head that is cut"               , text("a", "1").substr(0, 48)                  , "incomplete"},
  {"blanks behind a boundary"         , "--b \r\n" + text("a", "1").substr(5) + k_end , "misplaced_boundary"},
  {"LF behind a boundary"             , "--b\n" + text("a", "1").substr(5) + k_end    , "misplaced_boundary"},
  {"a longer line with a boundary"    , file("1\r\n--bc") + k_end                     , "f(x)=[1] misplaced_boundary"},
  {"a boundary right behind a head"   , part("Content-Disposition: form-data; name=\"a\"", "--b--"), "a=[misplaced_boundary"},
  {"a boundary in a head"             , typed("--b") + k_end                          , "misplaced_boundary"},
  {"a boundary in a field's name"     , typed("--b: 1") + k_end                       , "misplaced_boundary"},
  {"a part too many"                  , text("a", "") + text("b", "") + text("c", "") + text("d", ""), "a=[] b=[] c=[] too_many_parts"},
  {"a text too long"                  , text("a", "1234567890\r") + k_end             , "a=[1234567890text_too_long"},
  {"a line with LF alone in a head"   , typed("X: 1\nY: 2") + k_end                   , "broken_line"},
  {"a line with CR alone in a head"   , typed("X: 1\rY: 2") + k_end                   , "broken_line"},
  {"a long head"                      , typed("X: " + std::string(80, 'x')) + k_end   , "head_too_long"},
  {"a head without end"               , "--b\r\nX:" + std::string(200, ' ')           , "head_too_long"},
  {"a folded line"                    , typed("X: 1\r\n 2: 3") + k_end                , "malformed_head"},
  {"a line without a colon"           , typed("X") + k_end                            , "malformed_head"},
  {"a field without a name"           , typed(": 1") + k_end                          , "malformed_head"},
  {"a blank before the colon"         , typed("X : 1") + k_end                        , "malformed_head"},
  {"a control character"              , typed("X: \x7f") + k_end                      , "malformed_head"},
  {"NUL"                              , typed(std::string("X: \0", 4)) + k_end        , "malformed_head"},
  {"no UTF-8"                         , typed("X: \xff") + k_end                      , "malformed_head"},
  {"two dispositions"                 , typed("content-disposition: form-data; name=\"b\"") + k_end, "duplicate_field"},
  {"two types"                        , typed("Content-Type: a/b\r\nContent-type: a/b") + k_end, "duplicate_field"},
  {"no head"                          , "--b\r\n\r\n1\r\n" + k_end                    , "malformed_disposition"},
  {"no disposition"                   , part("Content-Type: text/plain", "1") + k_end , "malformed_disposition"},
  {"another disposition"              , part("Content-Disposition: attachment; name=\"a\"", "1") + k_end, "malformed_disposition"},
  {"a parameter without a value"      , disposed("; name") + k_end                    , "malformed_disposition"},
  {"an empty value without quotes"    , disposed("; name=") + k_end                   , "malformed_disposition"},
  {"a parameter without a name"       , disposed("; name=\"a\"; =\"b\"") + k_end      , "malformed_disposition"},
  {"an open quote"                    , disposed("; name=\"a") + k_end                , "malformed_disposition"},
  {"a quote in a file's name"         , disposed("; name=\"a\"; filename=\"x\\\"; name=\\\"b\"") + k_end, "malformed_disposition"},
  {"a semicolon without a parameter"  , disposed("; name=\"a\";") + k_end             , "malformed_disposition"},
  {"no semicolon between parameters"  , disposed("; name=\"a\" filename=\"x\"") + k_end, "malformed_disposition"},
  {"blanks around an equals sign"     , disposed("; name =\"a\"") + k_end             , "malformed_disposition"},
  {"an encoded file's name"           , disposed("; name=\"a\"; filename*=UTF-8''x") + k_end, "malformed_disposition"},
  {"two names"                        , disposed("; name=\"a\"; Name=\"a\"") + k_end  , "duplicate_parameter"},
  {"two unknown parameters"           , disposed("; name=\"a\"; x=1; x=1") + k_end    , "duplicate_parameter"},
  {"no name"                          , disposed("; filename=\"x\"") + k_end          , "no_name"},
  {"an empty name"                    , disposed("; name=\"\"") + k_end               , "no_name"},
  {"a form in a form"                 , typed("Content-Type: Multipart/Mixed; boundary=c") + k_end, "nested_multipart"},
  {"an encoding that changes bytes"   , typed("Content-Transfer-Encoding: base64") + k_end, "encoded"},
};
// clang-format on

TEST(Multipart, a_form_is_read_or_refused_alike_however_it_is_cut) {
  for (const Row& row : k_bodies) {
    const std::string_view body = row.body;
    EXPECT_EQ(read("b", {body}), row.outcome) << row.what;
    std::vector<std::string_view> bytes;
    for (size_t i = 0; i < body.size(); ++i) bytes.push_back(body.substr(i, 1));
    EXPECT_EQ(read("b", bytes), row.outcome) << row.what << ", byte by byte";
    for (size_t cut = 0; cut <= body.size(); ++cut) {
      ASSERT_EQ(read("b", {body.substr(0, cut), body.substr(cut)}), row.outcome) << row.what << ", cut at " << cut;
    }
  }
}

// Which boundary and body a seed of the fuzzer has, read with limits that fit.
std::string read_seed(const char* name) {
  const std::string seed = test::content_of(k_seeds / name);
  const size_t line = seed.find('\n');
  return read(boundary_of(seed.substr(0, line)).value(), {std::string_view(seed).substr(line + 1)},
              {.parts = 10, .head_bytes = 200, .text_bytes = 100});
}

TEST(Multipart, forms_are_read_as_browsers_write_them) {
  const std::string photo("\xff\xd8\r\n--\0\n\r", 9);
  EXPECT_EQ(read_seed("chromium"),
            "words=[火 \"x\" %22] long=[a\r\nb] empty() application/octet-stream=[] "
            "file(C:\\a\\%22现场%22.jpg) image/jpeg=[" + photo + "] file(a%0D%0Ab.txt) text/plain=[x] "
            "file(none) application/octet-stream=[] odd \"name\"=[1] c=[on] whole");
  EXPECT_EQ(read_seed("firefox"), "words=[火 \"x\" %22] file(" "现场%22.jpg) image/jpeg=[" + photo +
                                      "] empty() application/octet-stream=[] whole");
  EXPECT_EQ(read_seed("no_fields"), "whole");
  EXPECT_EQ(read_seed("other_program"), "text(x.txt) text/plain; charset=utf-8=[abc] whole");
  EXPECT_EQ(read_seed("old_firefox"), "text=[a b] malformed_disposition") << "its quotes cannot be told from ends";
}

TEST(Multipart, a_fault_stays_and_nothing_more_is_heard) {
  Transcript parts;
  Multipart form("b", k_limits, parts);
  EXPECT_TRUE(form.feed(text("a", "1") + "--b"));
  EXPECT_EQ(form.feed("x").error(), MultipartFault::misplaced_boundary);
  EXPECT_EQ(form.feed("\r\n" + text("a", "2") + k_end).error(), MultipartFault::misplaced_boundary);
  EXPECT_EQ(form.finish().error(), MultipartFault::misplaced_boundary);
  EXPECT_EQ(parts.text, "a=[1] ");
}

TEST(Multipart, who_wants_no_more_gets_no_more) {
  const std::string body = text("a", "1") + text("b", "2") + k_end;
  EXPECT_EQ(read("b", {body}, k_limits, "a=["), "a=[unwanted");
  EXPECT_EQ(read("b", {body}, k_limits, "1"), "a=[1unwanted");
  EXPECT_EQ(read("b", {body}, k_limits, "] "), "a=[1] unwanted");
  EXPECT_EQ(read("b", {body.substr(0, 51), body.substr(51)}, k_limits, "1"), "a=[1unwanted");
}

TEST(Multipart, a_file_passes_by_and_only_what_may_be_a_boundary_is_held_back) {
  std::string content;
  for (size_t i = 0; content.size() < 1 << 20; ++i) content += std::to_string(i) + "\r\n--boundar\r\n--\r";
  Transcript parts;
  Multipart form("boundary", k_limits, parts);
  form.feed("--boundary\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n");
  const size_t start = parts.text.size();
  for (size_t at = 0; at < content.size(); at += 1000) {
    form.feed(std::string_view(content).substr(at, 1000));
    ASSERT_GT(parts.text.size() - start + std::string("\r\n--boundary").size(), std::min(at + 1000, content.size()));
  }
  EXPECT_TRUE(form.feed("\r\n--boundary--\r\n") && form.finish());
  EXPECT_TRUE(parts.text == "f(x)=[" + content + "] ");
}

TEST(Multipart, a_boundary_is_taken_from_a_form_s_type_alone) {
  const std::string form = "multipart/form-data", longest(70, 'b');
  const std::pair<std::string, std::string> k_types[] = {
      {form + "; boundary=----WebKitFormBoundaryAJN4NfHvuoZZvJGJ", "----WebKitFormBoundaryAJN4NfHvuoZZvJGJ"},
      {"Multipart/Form-Data;Boundary=\"a b:'()+_,-./=?\"; charset=utf-8", "a b:'()+_,-./=?"},
      {form + " ; boundary=" + longest, longest},
      {form + "; boundary=" + longest + "b", ""},
      {form, ""},
      {form + "; boundary=", ""},
      {form + "; boundary=\"\"", ""},
      {form + "; boundary=\"b \"", ""},
      {form + "; boundary=b c", ""},
      {form + "; boundary=a:b", ""},  // not without quotes
      {form + "; boundary=\"a\\b\"", ""},
      {form + "; boundary=\"a\r\nb\"", ""},
      {form + "; boundary=火", ""},
      {form + "; boundary=b; boundary=b", ""},
      {form + "; boundary=b; x", ""},
      {form + "; boundary*=b", ""},
      {form + ", boundary=b", ""},
      {"multipart/mixed; boundary=b", ""},
      {"application/x-www-form-urlencoded", ""},
      {"", ""},
  };
  for (const auto& [type, boundary] : k_types) EXPECT_EQ(boundary_of(type).value_or(""), boundary) << type;
}

TEST(Multipart, every_fault_has_a_name_of_its_own) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(MultipartFault::unwanted); ++i) {
    const auto name = name_of(static_cast<MultipartFault>(i));
    EXPECT_TRUE(!name.empty() && names.insert(name).second) << i;
  }
}

TEST(Multipart, seeds_of_the_fuzzer_keep_every_promise) {
  int count = 0;
  for (const auto& seed : std::filesystem::directory_iterator(k_seeds)) {
    const std::string bytes = test::content_of(seed.path());
    EXPECT_EQ(test::broken_multipart_promise(bytes), "") << seed.path();
    for (size_t cut = 0; cut < bytes.size(); ++cut) {
      EXPECT_EQ(test::broken_multipart_promise(bytes.substr(0, cut)), "") << seed.path() << " cut at " << cut;
      std::string changed = bytes;
      for (const char c : {'\0', '\r', '\n', '-', '"', ':'}) {
        changed[cut] = c;
        EXPECT_EQ(test::broken_multipart_promise(changed), "") << seed.path() << " changed at " << cut;
      }
    }
    ++count;
  }
  EXPECT_GE(count, 10);
}

}  // namespace
}  // namespace sparkgate::api
