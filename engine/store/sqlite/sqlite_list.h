// Listings in SQLite, a page at a time.
#pragma once

#include "engine/store/sqlite/sqlite.h"
#include "engine/store/store.h"

namespace sparkgate::sqlite {

// As the member of Reader of this name.
ListPage list(Connection& db, const ListQuery& query);

}  // namespace sparkgate::sqlite
