-- Running totals for statistics.
CREATE TABLE tallies (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;
