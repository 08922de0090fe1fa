// What the posted notice tells whoever scans it, and what it keeps to itself.
#include <gtest/gtest.h>

#include "api/notice/standing.h"
#include "engine/base/embedded.h"
#include "tests/support/paper_desk.h"
#include "tests/support/permit_states.h"
#include "tests/support/service.h"
#include "workflows/registry/kinds.h"

namespace sparkgate {
namespace {

using test::PaperDesk;
using test::Town;

bool tells(const api::Response& page, std::string_view text) { return page.body.find(text) != std::string::npos; }

std::string field(const api::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

std::string h1_of(const api::Response& page) {
  const size_t from = page.body.find("<h1>") + 4;
  return page.body.substr(from, page.body.find('<', from) - from);
}

std::string person_of(Town& town, const std::string& id_number) {
  const auto reader = town.engine().read();
  return registry::find_one(ReaderView(*reader), "person", id_number)->id;
}

struct Case {
  const char* state;
  const char* headline;
  bool tells_work, tells_people;
};
constexpr Case k_cases[] = {
    {"Draft", "未获批准，不得动火", false, false},
    {"UnderReview", "未获批准，不得动火", false, false},
    {"Rejected", "未获批准，不得动火", false, false},
    {"Withdrawn", "已撤回，不得动火", false, false},
    {"Approved", "已批准，尚未开工", true, true},
    {"SiteReady", "已批准，尚未开工", true, true},
    {"InProgress", "正在动火", true, true},
    {"Suspended", "已停工，不得动火", true, true},
    {"FireWatch", "动火已结束，正在监护，防止复燃", true, true},
    {"AwaitingAcceptance", "动火已结束，等待验收", true, false},
    {"Closed", "已完工，动火作业证已关闭", true, false},
    {"Revoked", "已吊销，不得动火", true, false},
    {"Expired", "已到期，不得动火", true, false},
};

TEST(Notice, says_in_each_state_whether_there_may_be_fire) {
  for (const Case& expected : k_cases) {
    Town town;
    PaperDesk desk(town);
    const auto page = desk.notice(test::permit_in(town, expected.state));
    EXPECT_EQ(page.status, 200) << expected.state;
    EXPECT_EQ(h1_of(page), expected.headline) << expected.state;
    EXPECT_EQ(tells(page, "焊接支架"), expected.tells_work) << expected.state;
    EXPECT_EQ(tells(page, "冯**"), expected.tells_people) << expected.state;
    const bool may_burn = std::string_view(expected.state) == "InProgress";
    EXPECT_EQ(tells(page, "此处不得动火"), !may_burn) << expected.state;
  }
}

TEST(Notice, is_no_live_one_from_the_instant_that_the_window_ends) {
  Town town;
  PaperDesk desk(town);
  const std::string id = test::permit_in(town, "InProgress");
  const auto ends = parse_time(text_of(town.get(id)->data.at("application"), "ends"));
  town.clock.advance(*ends - town.clock.wall() - milliseconds(1));
  EXPECT_EQ(h1_of(desk.notice(id)), "正在动火");
  town.clock.advance(milliseconds(1));  // no timer has fired: nobody has sent a command
  EXPECT_EQ(town.state(id), "InProgress");
  EXPECT_EQ(h1_of(desk.notice(id)), "已到期，不得动火");
}

TEST(Notice, identifies_nobody) {
  Town town;
  PaperDesk desk(town);
  const std::string id = test::permit_in(town, "InProgress");
  const auto page = desk.notice(id);
  for (const char* kept : {"冯守安", "卫文秀", "周启明", "500230198302140863", "T500230198604120315", "107.6174"}) {
    EXPECT_FALSE(tells(page, kept)) << kept;
  }
  EXPECT_FALSE(tells(page, id));
  for (const Json& grant : {Json("scope_hash"), Json("p1")}) EXPECT_FALSE(tells(page, grant.get<std::string>()));
}

TEST(Notice, gives_the_watch_s_telephone_only_while_that_person_watches) {
  Town town;
  PaperDesk desk(town);
  const std::string id = town.draft();
  Command amend;
  amend.workflow = "person";
  amend.instance = person_of(town, "500230198302140863");
  amend.event = "amend";
  amend.actor = town.actor("admin");
  amend.expected_version = town.get(amend.instance)->version;
  amend.payload = {{"phone", "13900001234"}};
  const auto amended = town.engine().execute(amend);
  ASSERT_TRUE(amended) << Town::outcome(amended);
  town.lead(id, "SiteReady");
  EXPECT_FALSE(tells(desk.notice(id), "13900001234"));
  town.lead(id, "InProgress");
  EXPECT_TRUE(tells(desk.notice(id), "<a href=\"tel:13900001234\">"));
  town.lead(id, "AwaitingAcceptance");
  EXPECT_FALSE(tells(desk.notice(id), "13900001234"));
}

TEST(Notice, shows_the_other_language_first_when_asked) {
  Town town;
  PaperDesk desk(town);
  const std::string id = test::permit_in(town, "InProgress");
  EXPECT_EQ(h1_of(desk.notice(id, {{"lang", "en"}})), "Hot work in progress");
  EXPECT_TRUE(tells(desk.notice(id, {{"lang", "en"}}), "正在动火"));
  EXPECT_EQ(field(desk.notice(id, {{"lang", "en"}}), "Content-Language"), "en");
  EXPECT_EQ(h1_of(desk.notice(id, {{"lang", "tlh"}})), "正在动火");
}

TEST(Notice, of_an_unknown_code_is_a_page_that_says_so) {
  Town town;
  PaperDesk desk(town);
  for (const char* code : {"NOSUCHCODE00", "", "../etc/passwd", "<script>"}) {
    const auto page = desk.notice_of_code(code);
    EXPECT_EQ(page.status, 404) << code;
    EXPECT_EQ(h1_of(page), "没有这张动火作业证") << code;
    EXPECT_FALSE(tells(page, "<script")) << code;
    EXPECT_FALSE(tells(page, "<svg")) << code;
  }
  EXPECT_FALSE(desk.qr_of_code("NOSUCHCODE00").has_value());
}

TEST(Notice, is_found_by_the_code_as_people_type_it) {
  EXPECT_EQ(api::normal_notice_code("abcd-efgh io1l"), "ABCDEFGH1011");
  Town town;
  PaperDesk desk(town);
  std::string code = text_of(town.get(town.draft())->data, "notice_code");
  for (char& c : code) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  EXPECT_EQ(desk.notice_of_code(code.insert(4, "-")).status, 200);
}

TEST(Notice, runs_nothing_and_fetches_nothing) {
  Town town;
  PaperDesk desk(town);
  const auto page = desk.notice(test::permit_in(town, "InProgress"));
  const std::string policy = field(page, "Content-Security-Policy");
  const std::string style(embedded("api/notice/notice.css"));
  EXPECT_NE(policy.find("default-src 'none'; style-src 'sha256-" + base64(bytes_of(sha256(style))) + "'"), policy.npos);
  EXPECT_EQ(policy.find("unsafe"), policy.npos);
  EXPECT_TRUE(tells(page, "<style>" + style + "</style>"));  // byte for byte, or the browser drops it
  for (const char* banned : {"<script", " style=", "onclick", "src=", "http://", "https://"}) {
    EXPECT_FALSE(tells(page, banned)) << banned;
  }
}

TEST(Notice, escapes_what_people_wrote) {
  Town town;
  PaperDesk desk(town);
  const std::string id = town.draft(town.application({{"work", "<b>weld</b> & \"cut\" {{lang}}"}}));
  town.lead(id, "Approved");
  const auto page = desk.notice(id);
  EXPECT_TRUE(tells(page, "&lt;b&gt;weld&lt;/b&gt; &amp; &quot;cut&quot; {{lang}}")) << page.body;
  EXPECT_FALSE(tells(page, "<b>weld"));
}

TEST(Notice, after_erasure_names_nobody) {
  Town town;
  PaperDesk desk(town);
  const std::string id = test::permit_in(town, "Closed");
  town.clock.advance(hours(24) * 4 * 365);
  ASSERT_TRUE(town.engine().tick());
  const auto page = desk.notice(id);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(h1_of(page), "已完工，动火作业证已关闭");
}

TEST(Notice, masks_names_of_both_kinds) {
  EXPECT_EQ(api::masked_name("冯守安"), "冯**");
  EXPECT_EQ(api::masked_name("John  van Smith"), "J. v. S.");
  EXPECT_EQ(api::masked_name(""), "");
}

TEST(Notice, is_public_over_the_interface_and_kept_nowhere) {
  const auto page = test::shared_service().ask({"GET", "/p/NOSUCHCODE00", ""});
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.headers.at("Content-Language"), "en");
  EXPECT_FALSE(page.headers.contains("Cache-Control"));  // the server says no-store of what says nothing
  EXPECT_NE(page.text.find("There is no such permit"), std::string::npos);
}

}  // namespace
}  // namespace sparkgate
