// Free text as FTS5 keeps and finds it. Chinese has no blanks between words, so a run of it is kept as its overlapping
// pairs of characters and its last one: "动火作业" as "动火 火作 作业 业".
#pragma once

#include <string>
#include <string_view>

#include "engine/store/sqlite/sqlite.h"

namespace sparkgate::sqlite {

/// What is kept of a text.
std::string cut_words(std::string_view text);

/// The FTS5 expression for what a user typed; each word must begin a word of the text or, in Chinese, stand anywhere in
/// it. "" when there is nothing in it to look for.
std::string match_expression(std::string_view typed);

void put_words(Connection& db, int64_t slot, std::string_view text, bool is_new);
/// The text as it was put; "" when there is none.
std::string words_of(Connection& db, int64_t slot);

}  // namespace sparkgate::sqlite
