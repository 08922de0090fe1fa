// What does not stand in this repository, and what to use instead.
#include <gtest/gtest.h>

#include <regex>

#include "tests/support/source_tree.h"

namespace sparkgate {
namespace {

using Patterns = std::vector<std::string_view>;

struct Ban {
  std::string_view banned;  // a word counts as a whole
  std::string_view instead;
  Patterns where;
  Patterns except = {};
};

const Patterns k_code = {"*.h", "*.cpp", "*.def"};
const Patterns k_all = {"*"};
const std::string_view k_self = "tests/house/banned_test.cpp";

const Ban k_bans[] = {
    {"system_clock::now", "an injected Clock", k_code, {"engine/base/time.cpp"}},
    {"steady_clock::now", "an injected Clock", k_code, {"engine/base/time.cpp", "tests/*"}},
    {"time(nullptr)", "an injected Clock", k_code},
    {"time(NULL)", "an injected Clock", k_code},
    {"time(0)", "an injected Clock", k_code},
    {"rand(", "an injected Random", k_code},
    {"random_device", "an injected Random", k_code},
    {"Poco::JSON", "sparkgate::Json: values, strict, canonical", k_code},
    {"Json::parse(", "parse_json, which is strict; Json::parse is for texts that the build embeds", {"api/*"}},
    {"std::cout", "a stream or a Response given by the caller", k_code, {"admin/*", "tests/bench/*"}},
    {"typeid(", "an explicit name", k_code, {"api/http_connection.cpp"}},
    {"sleep_for",
     "a fake Clock, or a wait for the thing itself",
     k_code,
     {
         "api/http_server.cpp",                   // no descriptor is free: nothing tells when one will be
         "tests/api/http_server_test.cpp",        // clients that are slow
         "tests/api/large_bodies_test.cpp",       // the same
         "tests/bench/*",                         // a run lasts so long
         "tests/contract/sqlite_store_test.cpp",  // readers that hold their view for a while
         "tests/crash/kill_test.cpp",             // kills at any moment
         "tests/engine/store_failure_test.cpp"    // lets others queue behind a commit that is held
     }},
    {"sleep_until", "a fake Clock, or a wait for the thing itself", k_code, {"tests/bench/*"}},
    {"usleep(", "a fake Clock, or a wait for the thing itself", k_code},
    {"using namespace std;", "std:: where it is used", k_code},
    {"TODO", "the work itself", k_all},
    {"FIXME", "the work itself", k_all},
    {"XXX", "the work itself", k_all},
    {"<<<<<<< ", "a finished merge", k_all},
    {">>>>>>> ", "a finished merge", k_all},
    {"/tmp/", "std::filesystem::temp_directory_path or mktemp", k_all},
    {"/home/", "a path given by the user", k_all},
    {"/root/", "a path given by the user", k_all},
    {"/work/", "a path relative to the repository", k_all},
    {"../shared", "files of the repository", k_all, {"tests/*_test.cpp", "CONTRIBUTING.md"}},
    {"\t",
     "blanks",
     {"*.h", "*.cpp", "*.def", "*.md", "*.sql", "*.json", "*.yaml", "*.sh", "*/run", "*CMakeLists.txt"}},
};

bool holds(std::string_view line, std::string_view banned) {
  const auto is_word = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
  for (size_t at = line.find(banned); at != line.npos; at = line.find(banned, at + 1)) {
    const size_t end = at + banned.size();
    const bool longer_before = at > 0 && is_word(line[at - 1]) && is_word(banned.front());
    const bool longer_after = end < line.size() && is_word(line[end]) && is_word(banned.back());
    if (!longer_before && !longer_after) return true;
  }
  return false;
}

std::vector<std::string> objections(const SourceFile& file) {
  std::vector<std::string> out;
  int number = 0;
  for (const std::string_view line : lines_of(file.text)) {
    ++number;
    for (const Ban& ban : k_bans) {
      if (!fits_any(file.path, ban.where) || fits_any(file.path, ban.except) || !holds(line, ban.banned)) continue;
      out.push_back(file.path + ":" + std::to_string(number) + ": instead of " + std::string(ban.banned) + " use " +
                    std::string(ban.instead));
    }
  }
  return out;
}

TEST(Banned, nothing_banned_stands_in_the_tree) {
  for (const SourceFile& file : source_tree()) {
    if (file.path == k_self) continue;
    for (const std::string& objection : objections(file)) ADD_FAILURE() << objection;
  }
}

TEST(Banned, the_check_sees_every_ban_and_respects_its_exceptions) {
  for (const Ban& ban : k_bans) {
    const std::string path = ban.where.front() == "api/*" ? "api/x.cpp" : "engine/x.cpp";
    EXPECT_EQ(objections({path, "a\n(" + std::string(ban.banned) + "\n"}).size(), 1u) << ban.banned;
  }
  EXPECT_TRUE(objections({"engine/base/time.cpp", "std::chrono::system_clock::now()"}).empty());
  EXPECT_TRUE(objections({"engine/x.cpp", "my_rand(1); format_time(0); snprintf(a)"}).empty());
}

// A statement of SQL that goes on behind its literal: put together from strings.
bool joins_sql(std::string_view line) {
  static const std::regex k_joined(
      R"re("[^"]*\b(SELECT|INSERT|UPDATE|DELETE|WHERE|FROM|VALUES|ORDER BY)\b[^"]*"\s*(\+|<<)|\)sql"\s*(\+|<<))re");
  return std::regex_search(line.begin(), line.end(), k_joined);
}

TEST(Sql, is_never_put_together_from_strings) {
  for (const SourceFile& file : source_tree()) {
    if (!is_code(file.path) || file.path == k_self) continue;
    int number = 0;
    for (const std::string_view line : lines_of(file.text)) {
      ++number;
      EXPECT_FALSE(joins_sql(line)) << file.path << ":" << number << ": bind a parameter instead";
    }
  }
}

TEST(Sql, the_check_sees_a_joined_statement) {
  EXPECT_TRUE(joins_sql(R"(run("SELECT * FROM t WHERE id = '" + id + "'");)"));
  EXPECT_TRUE(joins_sql(R"(out << "DELETE FROM t WHERE id = " << id;)"));
  EXPECT_FALSE(joins_sql(R"(run("SELECT * FROM t WHERE id = ?", id);)"));
  EXPECT_FALSE(joins_sql(R"(return "select one of: " + list;)"));
}

// A loop over a part of a temporary, which is gone before the first round (until C++23).
bool loops_over_a_dead_part(std::string_view line) {
  static const std::regex k_part(R"re(\bfor \([^;]* : [^;]*(\.value\([^;]+\)\.\w|\)\.(value|error)\(\)|\)\.body\b))re");
  return std::regex_search(line.begin(), line.end(), k_part);
}

TEST(Loops, never_run_over_a_part_of_a_temporary) {
  for (const SourceFile& file : source_tree()) {
    if (!is_code(file.path) || file.path == k_self) continue;
    int number = 0;
    for (const std::string_view line : lines_of(file.text)) {
      ++number;
      EXPECT_FALSE(loops_over_a_dead_part(line)) << file.path << ":" << number << ": name the value first";
    }
  }
}

TEST(Loops, the_check_sees_the_forms_that_bit) {
  EXPECT_TRUE(loops_over_a_dead_part(R"(for (const auto& [k, v] : json.value("people", Json::object()).items()) {)"));
  EXPECT_TRUE(loops_over_a_dead_part(R"(for (const Json& item : ask({"GET", "/x"}).body.at("items")) {)"));
  EXPECT_TRUE(loops_over_a_dead_part(R"(for (const Row& row : read(file).value()) {)"));
  EXPECT_FALSE(loops_over_a_dead_part(R"(for (const Json& row : json.value("rows", Json::array())) {)"));
  EXPECT_FALSE(loops_over_a_dead_part(R"(for (const auto& [k, v] : json.at("people").items()) {)"));
}

// As an editor shows it: a Chinese character takes two columns.
int columns(std::string_view line) {
  int out = 0;
  for (size_t at = 0; at < line.size(); ++at) {
    const auto byte = static_cast<unsigned char>(line[at]);
    if ((byte & 0xC0) == 0x80) continue;                                             // inside a character
    const bool wide = byte >= 0xE3 && !line.substr(at).starts_with("\xEF\xBB\xBF");  // U+3000 on: CJK
    out += wide ? 2 : 1;
  }
  return out;
}

TEST(Layout, lines_of_code_end_within_120_columns_and_without_blanks) {
  for (const SourceFile& file : source_tree()) {
    if (!is_code(file.path) && !file.path.ends_with(".sql")) continue;
    int number = 0;
    bool is_table = false;  // aligned by hand, as wide as its rows
    for (const std::string_view line : lines_of(file.text)) {
      ++number;
      if (line.ends_with("// clang-format off")) is_table = true;
      if (line.ends_with("// clang-format on")) is_table = false;
      EXPECT_TRUE(is_table || columns(line) <= 120) << file.path << ":" << number << " has " << columns(line);
      EXPECT_FALSE(line.ends_with(' ') || line.ends_with('\r')) << file.path << ":" << number << " ends with a blank";
    }
    EXPECT_TRUE(file.text.empty() || file.text.ends_with('\n')) << file.path << " has no last line end";
  }
}

TEST(Layout, columns_count_as_an_editor_shows_them) {
  EXPECT_EQ(columns("abc"), 3);
  EXPECT_EQ(columns("动火证"), 6);
  EXPECT_EQ(columns("µ → “é”"), 7);
}

TEST(Layout, the_top_level_holds_the_eight_things_and_what_every_repository_has) {
  const Patterns k_allowed = {"CMakeLists.txt",  "engine",          "workflows",   "api",
                              "certs",           "admin",           "tests",       "LICENSE",
                              "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "README.md"};
  for (const std::string& name : top_level_names()) EXPECT_TRUE(fits_any(name, k_allowed)) << name;
}

TEST(Layout, every_header_is_included_once_and_says_what_it_is) {
  for (const SourceFile& file : source_tree()) {
    if (!file.path.ends_with(".h")) continue;
    EXPECT_TRUE(file.text.starts_with("// ")) << file.path << " does not begin with its contract";
    EXPECT_NE(file.text.find("\n#pragma once\n"), std::string::npos) << file.path;
  }
}

}  // namespace
}  // namespace sparkgate
