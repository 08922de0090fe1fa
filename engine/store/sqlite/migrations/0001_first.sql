CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Current facts; history is the entries. `slot` is the instance's dense number in the log.
CREATE TABLE instances (
  slot     INTEGER PRIMARY KEY,
  id       TEXT    NOT NULL UNIQUE,
  workflow TEXT    NOT NULL,
  state    TEXT    NOT NULL,
  version  INTEGER NOT NULL,
  head     BLOB    NOT NULL,
  at       INTEGER NOT NULL,  -- milliseconds since 1970, as all times here
  area     TEXT    NOT NULL,
  unit     TEXT    NOT NULL,
  starts   INTEGER,
  ends     INTEGER,
  data     TEXT    NOT NULL,
  personal TEXT    NOT NULL
);
CREATE INDEX instances_by_workflow ON instances (workflow, id);
CREATE INDEX instances_by_state ON instances (workflow, state, id);

CREATE TABLE links (
  workflow TEXT NOT NULL,
  kind     TEXT NOT NULL,
  ref      TEXT NOT NULL,
  instance TEXT NOT NULL REFERENCES instances (id),
  PRIMARY KEY (workflow, kind, ref, instance)
) WITHOUT ROWID;
CREATE INDEX links_by_instance ON links (instance);

CREATE TABLE entries (
  idx             INTEGER PRIMARY KEY,
  slot            INTEGER NOT NULL REFERENCES instances (slot),
  seq             INTEGER NOT NULL,
  bytes           TEXT    NOT NULL,
  leaf            BLOB    NOT NULL,
  facts           TEXT    NOT NULL,
  facts_salt      BLOB    NOT NULL,
  personal        TEXT,
  personal_salt   BLOB,
  personal_digest BLOB    NOT NULL
);
CREATE UNIQUE INDEX entries_by_instance ON entries (slot, seq);

CREATE TABLE timers (
  instance TEXT    NOT NULL REFERENCES instances (id),
  name     TEXT    NOT NULL,
  due      INTEGER NOT NULL,
  event    TEXT    NOT NULL,
  PRIMARY KEY (instance, name)
) WITHOUT ROWID;
CREATE INDEX timers_by_due ON timers (due, instance, name, event);

CREATE TABLE follow_ups (
  cause          INTEGER NOT NULL REFERENCES entries (idx),
  ordinal        INTEGER NOT NULL,
  cause_instance TEXT    NOT NULL,
  workflow       TEXT    NOT NULL,
  instance       TEXT    NOT NULL,
  event          TEXT    NOT NULL,
  payload        TEXT    NOT NULL,
  status         TEXT    NOT NULL,
  outcome        TEXT    NOT NULL,
  PRIMARY KEY (cause, ordinal)
) WITHOUT ROWID;
CREATE INDEX follow_ups_by_cause_instance ON follow_ups (cause_instance);
CREATE INDEX follow_ups_by_instance ON follow_ups (instance);

CREATE TABLE outbox (
  id       INTEGER PRIMARY KEY,
  entry    INTEGER NOT NULL REFERENCES entries (idx),
  instance TEXT    NOT NULL,
  role     TEXT    NOT NULL,
  unit     TEXT    NOT NULL,
  area     TEXT    NOT NULL,
  person   TEXT    NOT NULL,
  code     TEXT    NOT NULL,
  details  TEXT    NOT NULL,
  at       INTEGER NOT NULL
);
CREATE INDEX outbox_by_reader ON outbox (role, person, id);

CREATE TABLE answers (
  id          INTEGER PRIMARY KEY,
  account     TEXT    NOT NULL,
  key         TEXT    NOT NULL,
  body_digest BLOB    NOT NULL,
  answer      TEXT    NOT NULL,
  at          INTEGER NOT NULL
);
CREATE UNIQUE INDEX answers_by_key ON answers (account, key);

CREATE TABLE counters (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE secrets (
  instance TEXT NOT NULL REFERENCES instances (id),
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (instance, name)
) WITHOUT ROWID;

CREATE TABLE sessions (
  token_hash BLOB    PRIMARY KEY,
  account    TEXT    NOT NULL REFERENCES instances (id),
  kind       TEXT    NOT NULL,
  label      TEXT    NOT NULL,
  csrf_token TEXT    NOT NULL,
  created    INTEGER NOT NULL,
  expires    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE documents (
  digest TEXT PRIMARY KEY,
  kind   TEXT NOT NULL,
  bytes  TEXT NOT NULL
) WITHOUT ROWID;
