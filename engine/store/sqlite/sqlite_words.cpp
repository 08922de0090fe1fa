#include "engine/store/sqlite/sqlite_words.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace sparkgate::sqlite {
namespace {

constexpr char32_t k_full_width_offset = 0xFEE0;  // of "Ａ" from "A"

// The next character of UTF-8 text, which it is known to be.
char32_t take(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t out = length == 1 ? first : first & (0xFF >> (length + 1));
  for (size_t i = 1; i < length && i < text.size(); ++i) out = (out << 6) | (text[i] & 0x3F);
  text.remove_prefix(std::min(length, text.size()));
  return out > 0xFF00 && out < 0xFF5F ? out - k_full_width_offset : out;
}

std::string utf8(char32_t c) {
  if (c < 0x80) return {static_cast<char>(c)};
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x800) return {static_cast<char>(0xC0 | (c >> 6)), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xE0 | (c >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | (c >> 18)), tail(12), tail(6), tail(0)};
}

enum class Kind { gap, word, chinese };

Kind kind_of(char32_t c) {
  if (c < 0x80) return std::isalnum(static_cast<unsigned char>(c)) ? Kind::word : Kind::gap;
  if (c < 0xC0 || (c >= 0x2000 && c < 0x2E80) || (c >= 0x3000 && c < 0x3040) || c >= 0xFF5F) {
    return c >= 0x20000 ? Kind::chinese : Kind::gap;
  }
  return c < 0x2E80 ? Kind::word : Kind::chinese;
}

struct Stretch {  // of one kind
  Kind kind;
  std::vector<std::string> characters;
};

std::vector<Stretch> stretches_of(std::string_view text) {
  std::vector<Stretch> out;
  for (Kind before = Kind::gap; !text.empty();) {
    const char32_t c = take(text);
    const Kind kind = kind_of(c);
    if (kind != Kind::gap && kind != before) out.push_back({kind, {}});
    if (kind != Kind::gap) out.back().characters.push_back(utf8(c));
    before = kind;
  }
  return out;
}

// `to_be_found`: the last character of a Chinese stretch does not stand alone, for others may follow it in the text.
std::string cut(const Stretch& stretch, bool to_be_found) {
  std::string out;
  const auto& characters = stretch.characters;
  for (size_t i = 0; i < characters.size(); ++i) {
    if (stretch.kind == Kind::word) {
      out += characters[i];
      continue;
    }
    const bool is_last = i + 1 == characters.size();
    if (is_last && to_be_found && i > 0) break;
    out += (out.empty() ? "" : " ") + characters[i] + (is_last ? "" : characters[i + 1]);
  }
  return out;
}

// One word that somebody typed, as a phrase of what is kept.
std::string phrase(std::string_view typed) {
  std::string out;
  const auto stretches = stretches_of(typed);
  for (const Stretch& stretch : stretches) {
    out += (out.empty() ? "\"" : " ") + cut(stretch, &stretch == &stretches.back());
  }
  if (out.empty()) return out;
  const Stretch& last = stretches.back();
  return out + (last.kind == Kind::word || last.characters.size() == 1 ? "\"*" : "\"");
}

}  // namespace

std::string cut_words(std::string_view text) {
  std::string out;
  for (const Stretch& stretch : stretches_of(text)) out += (out.empty() ? "" : " ") + cut(stretch, false);
  return out;
}

std::string match_expression(std::string_view typed) {
  std::string out;
  while (!typed.empty()) {
    const size_t end = std::min(typed.find(' '), typed.size());
    const std::string wanted = phrase(typed.substr(0, end));
    if (!wanted.empty()) out += (out.empty() ? "" : " ") + wanted;
    typed.remove_prefix(std::min(end + 1, typed.size()));
  }
  return out;
}

void put_words(Connection& db, int64_t slot, std::string_view text, bool is_new) {
  const std::string kept = cut_words(text);
  if (is_new) {
    db.run("INSERT INTO words (rowid, text, raw) VALUES (?, ?, ?)").bind(slot).bind(kept).bind(text).done();
  } else {
    db.run("UPDATE words SET text = ?, raw = ? WHERE rowid = ?").bind(kept).bind(text).bind(slot).done();
  }
}

std::string words_of(Connection& db, int64_t slot) {
  Run row = db.run("SELECT raw FROM words WHERE rowid = ?");
  return row.bind(slot).step() ? row.text() : "";
}

}  // namespace sparkgate::sqlite
