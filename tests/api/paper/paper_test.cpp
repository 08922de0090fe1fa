// A permit as paper, read back by somebody else's programs (poppler, zbar).
#include <gtest/gtest.h>

#include <regex>

#include "api/paper/press.h"
#include "tests/support/command_line.h"
#include "tests/support/files.h"
#include "tests/support/paper_desk.h"
#include "tests/support/permit_states.h"
#include "tests/support/service.h"

namespace sparkgate {
namespace {

using test::PaperDesk;
using test::Town;

#define NEEDS(program, package) \
  if (!test::has_program(program)) GTEST_SKIP() << program << " is not installed (" << package << ")"

class Sheets {
 public:
  explicit Sheets(const Result<api::Response>& response) {
    if (!response) throw std::runtime_error(describe(response.error()));
    test::write_file(file_, response->body);
  }
  std::string text() const { return test::run("pdftotext -layout " + file_.string() + " -").output; }
  // Without blanks and line ends: a wrapped sentence is found whole.
  std::string words() const { return std::regex_replace(text(), std::regex("[ \\n\\f]+"), ""); }
  std::string fonts() const { return test::run("pdffonts " + file_.string()).output; }
  int pages() const {
    const std::string info = test::run("pdfinfo " + file_.string()).output;
    return std::stoi(info.substr(info.find("Pages:") + 6));
  }
  std::string signatures() const { return test::run("pdfsig -nocert " + file_.string()).output; }
  std::string qr_of_page_one() const {
    const std::string image = (folder_.path() / "page").string();
    test::run("pdftoppm -r 200 -f 1 -l 1 -gray " + file_.string() + " " + image);
    return test::run("zbarimg --quiet --raw " + image + "*.pgm 2>/dev/null").output;
  }

 private:
  const test::TempFolder folder_;
  const std::filesystem::path file_ = folder_.path() / "paper.pdf";
};

std::string code_of(const Result<api::Response>& response) {
  return response ? "" : std::string(refusal_row(response.error().code).name);
}

size_t count(const std::string& text, const std::string& what) {
  size_t found = 0;
  for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

TEST(Paper, of_a_closed_permit_says_who_did_what_and_when) {
  NEEDS("pdftotext", "poppler-utils");
  Town town;
  PaperDesk desk(town);
  const Json more = {{"hazards", {"火花飞溅", "触电"}}, {"special_works", {"高处作业 GC-7"}}};
  const std::string id = town.draft(town.application(more));
  town.lead(id, "Closed");
  const std::string words = Sheets(desk.paper(id, {{"copy", "1"}})).words();
  const Json data = town.get(id)->data;
  for (const std::string& told : {std::string("动火安全作业证"),
                                  text_of(data, "number"),
                                  std::string("双路安装工程队"),
                                  std::string("焊接支架"),
                                  std::string("周启明T500230198604120315"),
                                  std::string("冯守安"),
                                  std::string("卫文秀"),
                                  std::string("二级"),
                                  std::string("电焊"),
                                  std::string("火花飞溅；触电"),
                                  std::string("高处作业GC-7"),
                                  std::string("甲烷"),
                                  std::string("DEMO-GD-01"),
                                  std::string("逐项检查，均与作业证相符"),
                                  std::string("现场已清理恢复，验收通过"),
                                  std::string("所在基层单位审批"),
                                  std::string("距动火点0米"),
                                  std::string("第一联（动火人）"),
                                  std::string("作业证不少于365天"),
                                  std::string("状态：已关闭"),
                                  std::string("电焊机DEMO-WM-01")}) {
    EXPECT_NE(words.find(told), words.npos) << told << "\n" << words;
  }
  const auto entries = town.engine().read()->entries(id);
  EXPECT_NE(words.find(hex(entries.back().leaf).substr(0, 20)), words.npos);
  EXPECT_EQ(words.find("500230198302140863"), words.npos);  // identity numbers are no field of the form
}

TEST(Paper, ticks_what_applies_and_what_does_not) {
  NEEDS("pdftotext", "poppler-utils");
  Town town;
  PaperDesk desk(town);
  const std::string id = test::permit_in(town, "Closed");
  const std::string text = Sheets(desk.paper(id, {{"copy", "1"}})).text();
  EXPECT_EQ(count(text, "√"), 16u);                // each measure is one or the other
  EXPECT_EQ(count(text, "卫文秀"), 1u + 2u + 1u);  // in charge; two measures; the check before the start
}

TEST(Paper, has_the_copies_of_its_grade) {
  NEEDS("pdftotext", "poppler-utils");
  Town town;
  PaperDesk desk(town);
  const std::string id = test::permit_in(town, "Approved");
  const Sheets all(desk.paper(id)), second(desk.paper(id, {{"copy", "2"}}));
  EXPECT_EQ(all.pages(), 3 * second.pages());
  for (const char* copy : {"第一联（动火人）", "第二联（所在基层单位）", "第三联（存档）"}) {
    EXPECT_EQ(count(all.words(), copy), static_cast<size_t>(second.pages())) << copy;
  }
  EXPECT_EQ(count(second.words(), "第一联"), 0u);
  Json special = town.application({{"running_or_pressurised", true}}, hours(7));
  const std::string other = town.draft(special);
  town.must("applicant", other, "submit");
  EXPECT_EQ(count(Sheets(desk.paper(other, {{"copy", "1"}})).words(), "第一联（监护人）") > 0, true);
}

TEST(Paper, of_what_was_not_approved_or_is_over_says_so_on_every_page) {
  NEEDS("pdftotext", "poppler-utils");
  Town town;
  PaperDesk desk(town);
  const Sheets draft(desk.paper(town.draft()));  // no grade yet: one sheet without a holder
  EXPECT_EQ(count(draft.words(), "第一联"), 0u);
  EXPECT_NE(draft.words().find("状态：草稿"), std::string::npos);
  const std::string id = test::permit_in(town, "Approved");
  const std::string before = desk.paper(id, {{"copy", "1"}})->body;
  town.clock.advance(hours(20));
  EXPECT_NE(before.size(), desk.paper(id, {{"copy", "1"}})->body.size());  // the watermark
}

TEST(Paper, embeds_every_font) {
  NEEDS("pdffonts", "poppler-utils");
  Town town;
  PaperDesk desk(town);
  const Sheets sheets(desk.paper(test::permit_in(town, "Closed")));
  std::istringstream lines(sheets.fonts());
  std::string line;
  std::getline(lines, line), std::getline(lines, line);
  int fonts = 0;
  for (; std::getline(lines, line); ++fonts) {
    EXPECT_TRUE(std::regex_search(line, std::regex("yes +yes +yes +[0-9]"))) << line;  // embedded, a subset, with text
    EXPECT_NE(line.find("NotoSansCJK"), line.npos) << line;
  }
  EXPECT_GE(fonts, 2);
}

TEST(Paper, speaks_the_language_that_is_asked_for) {
  NEEDS("pdftotext", "poppler-utils");
  Town town;
  PaperDesk desk(town);
  const std::string id = test::permit_in(town, "Closed");
  const auto response = desk.paper(id, {{"lang", "en"}, {"copy", "3"}});
  const std::string words = Sheets(response).words();
  for (const char* told : {"Hot-WorkPermit", "Electricwelding", "Copy3(archive)", "Eachitemchecked,allaspermitted",
                           "Extinguishers,fireblankets", "Page1of", "State:Closed"}) {
    EXPECT_NE(words.find(told), words.npos) << told << "\n" << words;
  }
  EXPECT_EQ(words.find("安全措施"), words.npos);
}

TEST(Paper, holds_forty_measures_thirty_gas_tests_and_long_texts) {
  NEEDS("pdftotext", "poppler-utils");
  Town town;
  PaperDesk desk(town);
  Json measures = Json::array();
  std::string note;
  for (int i = 0; i < 165; ++i) note += "措施";
  for (int i = 0; i < 40; ++i) measures.push_back({{"code", "A.1-16"}, {"note", note + std::to_string(i) + "完"}});
  const std::string id = town.draft(town.application({{"measures", measures}}));
  town.lead(id, "UnderReview");
  town.must("site_owner", id, "consent");
  Json approval = town.payload(id, "approve");
  std::string opinion = "开头";
  for (int i = 0; i < 660; ++i) opinion += "意见" + std::to_string(i % 10);
  approval["opinion"] = opinion + "结尾";  // longer than a page of its column
  town.must("supervisor1", id, "approve", approval);
  town.must("supervisor1", id, "confirm_site");
  for (int i = 0; i < 30; ++i) {
    town.clock.advance(minutes(1));
    town.must("fire_watch", id, "gas_test");
  }
  const Sheets sheets(desk.paper(id, {{"copy", "1"}}));
  const std::string words = sheets.words();
  for (int i = 0; i < 40; ++i) EXPECT_NE(words.find("措施" + std::to_string(i) + "完"), words.npos) << i;
  EXPECT_EQ(count(words, "甲烷"), 30u);
  EXPECT_NE(words.find("结尾"), words.npos);
  const int pages = sheets.pages();
  EXPECT_GT(pages, 5);
  for (int page = 1; page <= pages; ++page) {
    const std::string foot = "第" + std::to_string(page) + "页/共" + std::to_string(pages) + "页";
    EXPECT_EQ(count(words, foot), 1u) << foot;
  }
  EXPECT_GE(count(words, "安全措施确认"), 3u);  // a table's head stands on each of its pages
}

TEST(Paper, leads_to_the_notice_by_its_qr_code) {
  NEEDS("pdftoppm", "poppler-utils");
  NEEDS("zbarimg", "zbar-tools");
  Town town;
  const std::string id = test::permit_in(town, "Approved");
  const std::string path = "/p/" + text_of(town.get(id)->data, "notice_code") + "\n";
  EXPECT_EQ(Sheets(PaperDesk(town).paper(id)).qr_of_page_one(), "http://permits.test:8080" + path);
  PaperDesk configured(town, {"https://permits.example.org"});
  EXPECT_EQ(Sheets(configured.paper(id)).qr_of_page_one(), "https://permits.example.org" + path);
}

// A key and a certificate that vouches for itself, made by openssl.
void make_key(const std::filesystem::path& data, const std::string& algorithm, const std::string& name = "paper") {
  std::filesystem::create_directory(data / "keys");
  const std::string key = (data / "keys/paper.pem").string(), certificate = (data / ("keys/" + name + ".crt")).string();
  const auto made = test::run("umask 077; openssl req -x509 -newkey " + algorithm + " -nodes -keyout " + key +
                              " -out " + certificate + " -days 30 -subj '/CN=Hot-work office' 2>&1");
  if (made.status != 0) throw std::runtime_error(made.output);
}

TEST(Paper, is_signed_as_pdfsig_accepts_where_the_office_has_a_key) {
  NEEDS("pdfsig", "poppler-utils");
  for (const char* algorithm : {"rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-256"}) {
    Town town;
    PaperDesk desk(town, {"https://permits.example.org"});
    make_key(desk.data(), algorithm);
    const std::string id = test::permit_in(town, "Approved");
    const auto response = desk.paper(id, {{"copy", "1"}});
    ASSERT_EQ(code_of(response), "") << algorithm;
    const Sheets sheets(response);
    const std::string said = sheets.signatures();
    for (const char* told : {"Signature is Valid", "ETSI.CAdES.detached", "Hot-work office", "Total document signed"}) {
      EXPECT_NE(said.find(told), said.npos) << algorithm << ": " << told << "\n" << said;
    }
    std::string altered = response->body;
    altered.replace(altered.find("/Creator (Sparkgate)"), 20, "/Creator (Sparkgatf)");
    Result<api::Response> forged = *response;
    forged->body = altered;
    EXPECT_NE(Sheets(forged).signatures().find("Digest Mismatch"), std::string::npos) << algorithm;
  }
}

TEST(Paper, is_not_given_unsigned_where_its_key_does_not_work) {
  Town town;
  PaperDesk desk(town, {"https://permits.example.org"});
  const std::string id = test::permit_in(town, "Approved");
  make_key(desk.data(), "rsa:1024");
  EXPECT_EQ(code_of(desk.paper(id)), "key_invalid");
  make_key(desk.data(), "rsa:2048");
  make_key(desk.data(), "rsa:2048", "of_another_key");  // and paper.crt stays that of the first
  EXPECT_EQ(code_of(desk.paper(id)), "key_invalid");
  std::filesystem::remove(desk.data() / "keys/paper.crt");
  EXPECT_EQ(code_of(desk.paper(id)), "file_unreadable");
  PaperDesk without_origin(town);
  make_key(without_origin.data(), "rsa:2048");
  EXPECT_EQ(code_of(without_origin.paper(id)), "signing_failed");
}

TEST(Paper, after_erasure_keeps_the_form_and_names_nobody) {
  NEEDS("pdftotext", "poppler-utils");
  Town town;
  PaperDesk desk(town);
  const std::string id = test::permit_in(town, "Closed");
  town.clock.advance(hours(24) * 4 * 365);
  ASSERT_TRUE(town.engine().tick());
  const std::string words = Sheets(desk.paper(id, {{"copy", "1"}})).words();
  EXPECT_EQ(words.find("卫文秀"), words.npos);
  EXPECT_NE(words.find("个人信息已依保存期限清除"), words.npos);
}

TEST(Paper, is_for_whoever_may_read_the_permit) {
  Town town;
  PaperDesk desk(town);
  const std::string id = town.draft();
  for (const char* reader : {"applicant", "site_owner", "operator", "fire_watch", "supervisor1", "auditor"}) {
    EXPECT_EQ(code_of(desk.paper(id, {}, reader)), "") << reader;
  }
  EXPECT_EQ(code_of(desk.paper(id, {}, "intake")), "not_found");
  EXPECT_EQ(code_of(desk.paper("no-such-permit")), "not_found");
  EXPECT_EQ(test::shared_service().ask({"GET", "/api/v1/permits/" + id + "/paper", ""}).code(), "unauthenticated");
}

TEST(Paper, refuses_copies_and_languages_that_there_are_not) {
  Town town;
  PaperDesk desk(town);
  const std::string id = test::permit_in(town, "Approved");
  EXPECT_EQ(code_of(desk.paper(id, {{"copy", "4"}})), "parameter_invalid");
  EXPECT_EQ(code_of(desk.paper(id, {{"copy", "first"}})), "parameter_invalid");
  EXPECT_EQ(code_of(desk.paper(id, {{"lang", "tlh"}})), "parameter_invalid");
  EXPECT_EQ(code_of(desk.paper(town.draft(), {{"copy", "1"}})), "parameter_invalid");  // no grade, no copies yet
}

TEST(Paper, needs_a_font_that_has_chinese) {
  api::Press press("No Such Family");
  const auto printed = press.print("x", Time{}, [](api::Sheet&) { FAIL(); });
  ASSERT_FALSE(printed.has_value());
  EXPECT_EQ(refusal_row(printed.error().code).name, "paper_font_missing");
}

}  // namespace
}  // namespace sparkgate
