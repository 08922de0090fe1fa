// Every refusal reads well in Chinese and in English, and none is left over.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "engine/base/codes.h"
#include "engine/base/messages.h"
#include "engine/base/refusal.h"
#include "tests/support/source_tree.h"

namespace sparkgate {
namespace {

std::set<std::string> placeholders(std::string_view wording) {
  static const std::regex k_placeholder(R"(\{([^}]*)\})");
  std::set<std::string> out;
  std::cregex_iterator it(wording.begin(), wording.end(), k_placeholder), end;
  for (; it != end; ++it) out.insert((*it)[1]);
  return out;
}

bool has_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE4 && byte <= 0xE9;  // U+4000..U+9FFF
  });
}

// One text of all the product's code.
const std::string& product_code() {
  static const std::string k_code = [] {
    std::string out;
    for (const SourceFile& file : source_tree()) {
      if (is_code(file.path) && !file.path.starts_with("tests/") && !file.path.ends_with(".def")) out += file.text;
    }
    return out;
  }();
  return k_code;
}

bool is_used(std::string_view code) {
  static const std::set<std::string> k_used = [] {
    static const std::regex k_code(R"(\bCode::([a-z0-9_]+))");
    std::set<std::string> out;
    std::sregex_iterator it(product_code().begin(), product_code().end(), k_code), end;
    for (; it != end; ++it) out.insert((*it)[1]);
    return out;
  }();
  return k_used.contains(std::string(code));
}

TEST(Wording, every_refusal_speaks_both_languages) {
  for (const RefusalRow& row : all_refusals()) {
    EXPECT_TRUE(has_chinese(row.zh)) << row.name;
    EXPECT_TRUE(has_chinese(row.remedy_zh)) << row.name;
    for (const std::string_view english : {row.en, row.remedy_en}) {
      EXPECT_FALSE(has_chinese(english)) << row.name;
      EXPECT_TRUE(std::any_of(english.begin(), english.end(), [](unsigned char c) { return std::isalpha(c); }))
          << row.name;
    }
  }
}

TEST(Wording, both_languages_tell_the_same_details) {
  for (const RefusalRow& row : all_refusals()) {
    EXPECT_EQ(placeholders(row.zh), placeholders(row.en)) << row.name;
    EXPECT_EQ(placeholders(row.remedy_zh), placeholders(row.remedy_en)) << row.name;
  }
}

TEST(Wording, titles_have_no_full_stop_and_remedies_end_with_one) {
  for (const RefusalRow& row : all_refusals()) {
    EXPECT_FALSE(row.zh.ends_with("。") || row.en.ends_with('.')) << row.name;
    EXPECT_TRUE(row.remedy_zh.ends_with("。")) << row.name;
    EXPECT_TRUE(row.remedy_en.ends_with('.')) << row.name;
  }
}

TEST(Wording, every_placeholder_is_a_detail_that_some_code_fills) {
  for (const RefusalRow& row : all_refusals()) {
    if (!is_used(row.name)) continue;
    for (const std::string_view wording : {row.zh, row.remedy_zh}) {
      for (const std::string& name : placeholders(wording)) {
        EXPECT_NE(product_code().find("\"" + name + "\""), std::string::npos) << row.name << " {" << name << "}";
      }
    }
  }
}

TEST(Wording, codes_are_distinct_names_with_statuses_of_refusals) {
  std::set<std::string_view> seen;
  for (const RefusalRow& row : all_refusals()) {
    EXPECT_TRUE(seen.insert(row.name).second) << row.name;
    EXPECT_TRUE(std::regex_match(std::string(row.name), std::regex("[a-z][a-z_]*"))) << row.name;
    EXPECT_TRUE(400 <= row.http_status && row.http_status <= 599) << row.name;
    EXPECT_EQ(refusal_row(row.code).name, row.name);
  }
}

TEST(Wording, every_refusal_is_used) {
  for (const RefusalRow& row : all_refusals()) {
    EXPECT_TRUE(is_used(row.name)) << row.name << " is used nowhere: drop the row";
  }
}

TEST(Wording, every_message_speaks_both_languages_and_is_sent) {
  for (const MessageRow& row : all_messages()) {
    EXPECT_TRUE(has_chinese(row.zh)) << row.name;
    EXPECT_FALSE(row.en.empty() || has_chinese(row.en)) << row.name;
    EXPECT_EQ(placeholders(row.zh), placeholders(row.en)) << row.name;
    EXPECT_NE(product_code().find("Message::" + std::string(row.name)), std::string::npos) << row.name;
  }
}

// `{"reason", "some words"}`: half of the users cannot read it. A single word is a name: of a field, of a rule.
TEST(Wording, reasons_in_details_are_bilingual) {
  static const std::regex k_one_language(R"re(\{\s*"(reason|title|remedy)"\s*,\s*"[^" ]* [^"]*")re");
  for (const SourceFile& file : source_tree()) {
    if (!is_code(file.path) || file.path.starts_with("tests/")) continue;
    std::smatch match;
    EXPECT_FALSE(std::regex_search(file.text, match, k_one_language))
        << file.path << ": " << match.str() << ": use bilingual()";
  }
}

}  // namespace
}  // namespace sparkgate
