-- What waits is sealed. What waited in clear is given back to the officers, to be handed on anew.
CREATE TABLE sealed_hand_offs (
  key     TEXT PRIMARY KEY CHECK (length(key) = 32 AND key NOT GLOB '*[^0-9a-f]*'),
  due     TEXT NOT NULL CHECK (due = '' OR due GLOB '????-??-??T??:00:00Z'),
  sealed  BLOB NOT NULL CHECK ((length(sealed) = 0) = (due = '')),
  outcome TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sealed_hand_offs (key, due, sealed, outcome)
  SELECT key, '', x'', iif(due = '', outcome, '{"refused":"hand_off_unreadable"}') FROM hand_offs;
DROP TABLE hand_offs;
ALTER TABLE sealed_hand_offs RENAME TO hand_offs;
CREATE INDEX hand_offs_by_due ON hand_offs (due) WHERE due <> '';
