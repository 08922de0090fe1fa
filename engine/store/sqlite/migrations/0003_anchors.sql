-- Published checkpoints that others have anchored, as notes, without what the others gave.
CREATE TABLE checkpoints (
  log  INTEGER NOT NULL REFERENCES logs (number),
  size INTEGER NOT NULL,
  note TEXT    NOT NULL,
  PRIMARY KEY (log, size)
) WITHOUT ROWID;

-- What they gave: a line of a note (cosignature), a TimeStampResp (timestamp).
CREATE TABLE anchors (
  log   INTEGER NOT NULL,
  size  INTEGER NOT NULL,
  kind  TEXT    NOT NULL,
  name  TEXT    NOT NULL,
  bytes BLOB    NOT NULL,
  at    INTEGER NOT NULL,
  PRIMARY KEY (log, size, kind, name),
  FOREIGN KEY (log, size) REFERENCES checkpoints (log, size)
) WITHOUT ROWID;
CREATE INDEX anchors_by_name ON anchors (log, kind, name, size);
CREATE INDEX anchors_by_time ON anchors (kind, at);
