// Lists of permits as a desk asks for them: by state, by what is due, by words; and what stands beside the facts.
#include <gtest/gtest.h>

#include "tests/support/service.h"
#include "tests/support/town.h"

namespace sparkgate {
namespace {

using test::Got;
using test::Service;

class DueListing : public testing::Test {
 protected:
  std::string apply(const std::string& work, milliseconds begins, bool submits = true) {
    Json body = town.application({{"work", work}});
    body["starts"] = format_time(service.clock.wall() + begins);
    body["ends"] = format_time(service.clock.wall() + begins + hours(4));
    const Got made = service.ask({"POST", "/api/v1/permits", "applicant", body});
    EXPECT_EQ(made.status, 201) << made.text;
    const std::string id = text_of(made.body, "id");
    names[id] = work;
    if (submits) {
      service.ask({"POST", "/api/v1/permits/" + id + "/submit", "applicant", Json::object(), {{"if-match", "\"1\""}}});
    }
    return id;
  }
  /// The works listed, "a b c".
  std::string works(const std::string& query, const std::string& login = "supervisor1") {
    const Got got = service.ask({"GET", "/api/v1/permits?" + query, login});
    EXPECT_EQ(got.status, 200) << got.text;
    std::string out;
    for (const Json& item : got.body.value("items", Json::array())) {
      out += (out.empty() ? "" : " ") + names[text_of(item, "id")];
    }
    cursor = got.body.value("next_cursor", Json());
    return out;
  }

  Service service;
  test::Town town;
  std::map<std::string, std::string> names;
  Json cursor;
};

TEST_F(DueListing, due_comes_soonest_first_page_by_page) {
  apply("late", hours(8));
  apply("soon", hours(1));
  apply("middle", hours(4));
  EXPECT_EQ(works("order=due"), "soon middle late");
  EXPECT_EQ(works(""), "middle soon late");
  EXPECT_EQ(works("order=due&limit=2"), "soon middle");
  EXPECT_EQ(works("order=due&limit=2&cursor=" + cursor.get<std::string>()), "late");
  EXPECT_EQ(works("order=due", "operator"), "soon middle late") << "named in them";
  EXPECT_EQ(works("order=due", "intake"), "");
}

TEST_F(DueListing, what_has_ended_is_not_due) {
  const std::string id = apply("gone", hours(1), false);
  service.ask({"POST", "/api/v1/permits/" + id + "/withdraw", "applicant", Json::object(), {{"if-match", "\"1\""}}});
  EXPECT_EQ(works("order=due"), "");
  EXPECT_EQ(works("state=Withdrawn"), "gone");
}

TEST_F(DueListing, several_states_are_asked_for_at_once) {
  apply("draft", hours(1), false);
  apply("review", hours(1));
  EXPECT_EQ(works("state=Draft,UnderReview"), "review draft");
  EXPECT_EQ(works("state=Draft&state=UnderReview"), "review draft");
  EXPECT_EQ(works("state=Draft,Closed"), "draft");
  EXPECT_EQ(works("state=UnderReview&order=due"), "review");
  EXPECT_EQ(service.ask({"GET", "/api/v1/permits?state=Draft,Asleep", "supervisor1"}).code(), "parameter_invalid");
  EXPECT_EQ(service.ask({"GET", "/api/v1/permits?order=best", "supervisor1"}).code(), "parameter_invalid");
  EXPECT_EQ(service.ask({"GET", "/api/v1/permits?order=due&q=x", "supervisor1"}).code(), "parameter_invalid");
}

TEST_F(DueListing, words_find_number_work_address_and_units) {
  const std::string first = apply("焊接起重机轨道支架", hours(1));
  apply("cut two pipes", hours(2));
  EXPECT_EQ(works("q=起重机"), "焊接起重机轨道支架");
  EXPECT_EQ(works("q=轨"), "焊接起重机轨道支架");
  EXPECT_EQ(works("q=架"), "焊接起重机轨道支架") << "the last character";
  EXPECT_EQ(works("q=重轨"), "") << "not beside each other";
  EXPECT_EQ(works("q=PIP"), "cut two pipes") << "the beginning of a word";
  EXPECT_EQ(works("q=ipes"), "");
  EXPECT_EQ(works("q=两 pipes"), "");
  EXPECT_EQ(works("q=two pipes"), "cut two pipes");
  EXPECT_EQ(works("q=厂房"), "cut two pipes 焊接起重机轨道支架") << "the address, newest first";
  const std::string number =
      text_of(service.ask({"GET", "/api/v1/permits/" + first, "applicant"}).body.at("data"), "number");
  EXPECT_EQ(works("q=" + number), "焊接起重机轨道支架");
  EXPECT_EQ(works("q=厂房&limit=1"), "cut two pipes");
  EXPECT_EQ(works("q=厂房&limit=1&cursor=" + cursor.get<std::string>()), "焊接起重机轨道支架");
  EXPECT_EQ(works("q=厂房&state=Draft"), "");
  EXPECT_EQ(works("q=%22"), "");
  EXPECT_EQ(works("q=厂房", "intake"), "");
}

TEST_F(DueListing, an_amended_application_is_found_by_its_new_words_alone) {
  const std::string id = apply("boiler", hours(1), false);
  Json body = town.application({{"work", "turbine"}});
  body["starts"] = format_time(service.clock.wall() + hours(1));
  body["ends"] = format_time(service.clock.wall() + hours(3));
  const Got sent =
      service.ask({"POST", "/api/v1/permits/" + id + "/amend", "applicant", body, {{"if-match", "\"1\""}}});
  ASSERT_EQ(sent.status, 200) << sent.text;
  EXPECT_EQ(works("q=boiler", "applicant"), "");
  EXPECT_EQ(works("q=turbine", "applicant"), "boiler");
}

TEST_F(DueListing, names_and_what_falls_due_stand_beside_the_facts) {
  const std::string id = apply("work", hours(1));
  const Json permit = service.ask({"GET", "/api/v1/permits/" + id, "applicant"}).body;
  const Json& labels = permit.at("labels");
  EXPECT_NE(labels.at("unit"), "");
  EXPECT_NE(labels.at("owner_unit"), "");
  EXPECT_EQ(labels.at("areas").at(0).at("code"), "500230111201-01");
  EXPECT_NE(labels.at("areas").at(0).at("name"), "");
  EXPECT_EQ(labels.at("grade"), "Grade two");
  EXPECT_EQ(labels.at("method"), "Electric welding");
  EXPECT_EQ(labels.at("measures").size(), 2u);
  EXPECT_EQ(labels.at("measures").at("A.1-8").at("clause"), "A.1-8");
  EXPECT_EQ(labels.at("steps").at("base_unit").at("title"), "Approval by the base unit");
  ASSERT_EQ(permit.at("due").size(), 1u) << permit.at("due");
  EXPECT_EQ(permit.at("due").at(0).at("name"), "window_end");
  EXPECT_EQ(permit.at("due").at(0).at("event"), "expire");
  EXPECT_FALSE(permit.at("data").contains("labels"));
}

}  // namespace
}  // namespace sparkgate
