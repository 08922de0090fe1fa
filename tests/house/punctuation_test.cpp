// Chinese sentences use full-width punctuation, English ones ASCII: a line that mixes them is shown as it should be.
#include <gtest/gtest.h>

#include <map>

#include "tests/support/source_tree.h"

namespace sparkgate {
namespace {

using Characters = std::u32string;

// Well-formed UTF-8, as all files here are.
Characters characters_of(std::string_view utf8) {
  Characters out;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) {
      out.back() = (out.back() << 6) | (byte & 0x3F);
    } else {
      out.push_back(byte < 0x80 ? byte : byte & (byte < 0xE0 ? 0x1F : byte < 0xF0 ? 0x0F : 0x07));
    }
  }
  return out;
}

bool is_chinese(char32_t c) { return c >= 0x3400 && c <= 0x9FFF; }

// Closing quotation mark, enumeration comma, closing bracket: what may end a Chinese clause.
bool ends_chinese(char32_t c) { return is_chinese(c) || c == 0x201D || c == 0x3001 || c == 0xFF09; }

std::map<size_t, size_t> brackets_of(const Characters& line) {
  std::map<size_t, size_t> pairs;
  std::vector<size_t> open;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '(') open.push_back(i);
    if (line[i] != ')' || open.empty()) continue;
    pairs[open.back()] = i;
    open.pop_back();
  }
  return pairs;
}

// "hot work (动火)" within an English sentence stays as it is.
bool is_gloss(const Characters& line, size_t open, size_t close) {
  if (open == 0 || line[open - 1] != ' ') return false;
  return std::all_of(line.begin() + static_cast<ptrdiff_t>(open) + 1, line.begin() + static_cast<ptrdiff_t>(close),
                     [](char32_t c) { return is_chinese(c) || c == 0x3001; });
}

// Indexes of ASCII punctuation that stands in a Chinese sentence.
std::vector<size_t> misplaced(const Characters& line) {
  constexpr std::u32string_view k_marks = U",:;?!";
  const auto at = [&](size_t i) { return i < line.size() ? line[i] : U'\0'; };
  const auto pairs = brackets_of(line);
  std::vector<size_t> out;
  for (size_t i = 0; i < line.size(); ++i) {
    const char32_t before = i > 0 ? line[i - 1] : U'\0', after = at(i + 1);
    const bool is_structure = line[i] == ',' && after == ' ' && at(i + 2) < 0x80;  // of YAML, of a list of names
    const bool in_chinese = ends_chinese(before) || is_chinese(after);
    if (k_marks.find(line[i]) != k_marks.npos && in_chinese && !is_structure) out.push_back(i);
    if (line[i] == '.' && is_chinese(before) && !std::isalnum(static_cast<int>(after & 0x7F))) out.push_back(i);
    if (line[i] != '(') continue;
    const auto pair = pairs.find(i);
    const size_t close = pair == pairs.end() ? line.size() : pair->second;
    const bool within = ends_chinese(before) || is_chinese(at(close + 1)) || is_chinese(after);
    if (!within || is_gloss(line, i, close)) continue;
    out.push_back(i);
    if (close < line.size()) out.push_back(close);
  }
  return out;
}

// Tables with commas between their fields.
bool is_prose(std::string_view path) {
  return !fits_any(path, {"*.csv", "tests/admin/check_test.cpp", "tests/admin/import_test.cpp",
                          "tests/engine/csv_test.cpp", "tests/house/punctuation_test.cpp"});
}

TEST(Punctuation, is_full_width_in_chinese_sentences) {
  for (const SourceFile& file : source_tree()) {
    if (!is_prose(file.path)) continue;
    int number = 0;
    for (const std::string_view line : lines_of(file.text)) {
      ++number;
      const auto found = misplaced(characters_of(line));
      EXPECT_TRUE(found.empty()) << file.path << ":" << number << ", character " << found.front() + 1 << ": " << line;
    }
  }
}

TEST(Punctuation, knows_chinese_sentences_from_english_ones_and_from_code) {
  const std::pair<const char*, size_t> k_lines[] = {
      {"请先登录,再试", 1},       {"编号 {trace}:无效", 1},  {"作业证({number})已批准", 2},
      {"(默认 8080)监听", 2},     {"请缩短。", 0},           {"say \"动火\", \"hot work\"", 0},
      {"hot work (动火) and", 0}, {"Content-Type: {x}。", 0}, {"请改正.", 1},
      {"动火证.pdf", 0},          {"label(\"动火\")", 0},
      {"{description: 公钥, content: {}}", 0}};
  for (const auto& [line, count] : k_lines) EXPECT_EQ(misplaced(characters_of(line)).size(), count) << line;
}

}  // namespace
}  // namespace sparkgate
