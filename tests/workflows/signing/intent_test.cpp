#include "workflows/signing/intent.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"

namespace sparkgate::signing {
namespace {

Intent an_intent() {
  Intent intent;
  intent.origin = "permits.example.org/log/2026";
  intent.workflow = "hot_work_permit";
  intent.instance = "0190";
  intent.event = "approve";
  intent.seen_seq = 4;
  intent.scope_hash = std::string(64, 'a');
  intent.payload_hash = payload_hash({{"opinion", "同意"}});
  intent.key = std::string(64, 'b');
  intent.counter = 7;
  intent.not_after = *parse_time("2026-03-02T10:00:00Z");
  return intent;
}

TEST(Intent, is_canonical_json_with_every_member) {
  EXPECT_EQ(an_intent().text(),
            R"({"counter":7,"event":"approve","instance":"0190","key":")" + std::string(64, 'b') +
                R"(","not_after":"2026-03-02T10:00:00Z","origin":"permits.example.org/log/2026","pack":"",)"
                R"("payload_hash":"99b886d223d18b2d0ed74a48d7ee2ad423c7fccbecf852e928550213baf2ed39","scope_hash":")" +
                std::string(64, 'a') + R"(","seen_seq":4,"v":1,"workflow":"hot_work_permit"})");
}

TEST(Intent, reads_back_what_it_writes) {
  const auto again = Intent::parse(an_intent().text());
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->text(), an_intent().text());
  EXPECT_EQ(again->counter, 7);
  EXPECT_EQ(again->seen_seq, 4);
}

TEST(Intent, any_other_text_is_refused) {
  const Json good = *parse_json(an_intent().text());
  std::vector<std::string> texts = {"",          "{}", "[]", "7", an_intent().text() + "\n", " " + an_intent().text(),
                                    good.dump(1)};
  for (const auto& [member, value] : good.items()) {
    Json lacking = good, other = good;
    lacking.erase(member);
    other[member] = value.is_string() ? Json(7) : Json("7");
    texts.push_back(canonical(lacking));
    texts.push_back(canonical(other));
  }
  Json more = good, version = good, fraction = good, date = good;
  more["reason"] = "x";
  version["v"] = 2;
  fraction["counter"] = 7.5;
  date["not_after"] = "tomorrow";
  for (const Json& json : {more, version, fraction, date}) texts.push_back(canonical(json));
  for (const std::string& text : texts) {
    const auto intent = Intent::parse(text);
    ASSERT_FALSE(intent) << text;
    EXPECT_EQ(intent.error().code, Code::signature_invalid);
  }
}

}  // namespace
}  // namespace sparkgate::signing
