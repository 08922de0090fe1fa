-- What officers hand on to the main log's workflows, apart from reports: which one it came from stands sealed there.
CREATE TABLE hand_offs (
  key     TEXT PRIMARY KEY CHECK (length(key) = 32 AND key NOT GLOB '*[^0-9a-f]*'),
  due     TEXT NOT NULL CHECK (due = '' OR due GLOB '????-??-??T??:00:00Z'),
  command TEXT NOT NULL CHECK ((command = '') = (due = '')),
  outcome TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX hand_offs_by_due ON hand_offs (due) WHERE due <> '';
