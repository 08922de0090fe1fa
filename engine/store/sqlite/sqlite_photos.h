// The tables of photos in SQLite: reading them, the same for readers and the writer, and writing.
#pragma once

#include "engine/store/sqlite/sqlite.h"
#include "engine/store/store.h"

namespace sparkgate::sqlite {

// As the members of Reader, Writer and Scan of these names.
std::optional<StoredPhoto> photo(Connection& db, std::string_view sha256);
bool has_sent_photo(Connection& db, std::string_view account, std::string_view sha256);
int64_t count_photos_sent(Connection& db, std::string_view account, Time since);
std::vector<std::string> photos_like(Connection& db, const StoredPhoto& photo, size_t limit);
std::vector<std::string> unused_photos(Connection& db, Time since, int limit);
void put_photo(Connection& db, const StoredPhoto& photo, std::string_view account, Time at);
bool remove_unused_photo(Connection& db, std::string_view sha256, Time since);
void each_photo(Connection& db, const std::function<void(const StoredPhoto&)>& visit);

}  // namespace sparkgate::sqlite
