-- Public reports. No table has a rowid: where one would count, keys are random. Days alone, no times; '' is none.
CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  id          TEXT    PRIMARY KEY CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
  lookup      BLOB    NOT NULL UNIQUE CHECK (length(lookup) = 32),
  state       TEXT    NOT NULL CHECK (state <> ''),
  version     INTEGER NOT NULL CHECK (version >= 0),
  items       INTEGER NOT NULL CHECK (items >= 0),
  last_item   BLOB    NOT NULL CHECK (length(last_item) = 32),
  received    TEXT    NOT NULL CHECK (received GLOB '????-??-??' AND date(received, '+0 days') IS received),
  due         TEXT    NOT NULL CHECK (due = '' OR due GLOB '????-??-??' AND date(due, '+0 days') IS due),
  expires     TEXT    NOT NULL
    CHECK (expires = '' OR expires GLOB '????-??-??' AND date(expires, '+0 days') IS expires),
  is_urgent   INTEGER NOT NULL CHECK (is_urgent IN (0, 1)),
  is_held     INTEGER NOT NULL CHECK (is_held IN (0, 1)),
  source_wrap BLOB    NOT NULL,
  auth_sealed BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_by_due ON reports (due) WHERE due <> '';
CREATE INDEX reports_by_expires ON reports (expires) WHERE expires <> '' AND is_held = 0;

CREATE TABLE wraps (
  report TEXT NOT NULL REFERENCES reports (id),
  key_id TEXT NOT NULL CHECK (length(key_id) = 32 AND key_id NOT GLOB '*[^0-9a-f]*'),
  sealed BLOB NOT NULL,
  PRIMARY KEY (report, key_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX wraps_by_key ON wraps (key_id);

CREATE TABLE items (
  report     TEXT    NOT NULL REFERENCES reports (id),
  sequence   INTEGER NOT NULL CHECK (sequence >= 0),
  kind       TEXT    NOT NULL CHECK (kind IN ('text', 'file', 'note')),
  direction  TEXT    NOT NULL CHECK (direction IN ('from_source', 'from_officer')),
  author     TEXT    NOT NULL CHECK ((author = '') = (direction = 'from_source')),
  key_sealed BLOB    NOT NULL,
  file       TEXT    NOT NULL CHECK ((file <> '') = (kind = 'file')),
  body       BLOB    NOT NULL,
  proof      BLOB    NOT NULL,
  day        TEXT    NOT NULL CHECK (day GLOB '????-??-??' AND date(day, '+0 days') IS day),
  PRIMARY KEY (report, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX items_by_file ON items (file) WHERE file <> '';

CREATE TABLE steps (
  report   TEXT    NOT NULL REFERENCES reports (id),
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  text     TEXT    NOT NULL,
  PRIMARY KEY (report, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE officers (
  id              TEXT PRIMARY KEY CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
  account         TEXT NOT NULL UNIQUE,
  name            TEXT NOT NULL,
  reading_key     BLOB NOT NULL CHECK (length(reading_key) = 32),
  signing_key     BLOB NOT NULL CHECK (length(signing_key) = 32),
  passphrase_wrap BLOB NOT NULL,
  recovery_wrap   BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rosters (
  epoch     INTEGER PRIMARY KEY CHECK (epoch > 0),
  text      TEXT    NOT NULL,
  signature BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- The open days' journal.
CREATE TABLE leaves (
  day  TEXT NOT NULL CHECK (day GLOB '????-??-??' AND date(day, '+0 days') IS day),
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  PRIMARY KEY (day, leaf)
) STRICT, WITHOUT ROWID;

-- The closed ones'.
CREATE TABLE days (
  day    TEXT PRIMARY KEY CHECK (day GLOB '????-??-??' AND date(day, '+0 days') IS day),
  root   BLOB NOT NULL CHECK (length(root) = 32),
  leaves BLOB NOT NULL CHECK (length(leaves) % 32 = 0)
) STRICT, WITHOUT ROWID;
