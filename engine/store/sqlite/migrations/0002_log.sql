-- The transparency log. A log is one origin and one Merkle tree over the entries [first, first + size); the one with
-- the highest number goes on growing. `checkpoint` is the newest signed one that the store knows: one batch old,
-- exact once the log is closed.
CREATE TABLE logs (
  number     INTEGER PRIMARY KEY,
  origin     TEXT    NOT NULL UNIQUE,
  first      INTEGER NOT NULL,
  size       INTEGER NOT NULL,
  root       BLOB    NOT NULL,
  checkpoint TEXT    NOT NULL
);

-- Full tiles alone: 256 hashes, and the root over them, which is a hash of the level above. What is not yet a full tile
-- is entries.leaf (level 0) and the roots of the tiles below.
CREATE TABLE tiles (
  log    INTEGER NOT NULL REFERENCES logs (number),
  level  INTEGER NOT NULL,
  number INTEGER NOT NULL,
  root   BLOB    NOT NULL,
  hashes BLOB    NOT NULL
);
CREATE UNIQUE INDEX tiles_by_name ON tiles (log, level, number);

-- What goes with an instance's personal data.
CREATE INDEX outbox_by_instance ON outbox (instance);

-- Entries that stand already are put into the tree when the engine opens the store.
INSERT INTO logs (number, origin, first, size, root, checkpoint)
  SELECT 0, value, 0, 0, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', ''
  FROM meta WHERE name = 'origin';
DELETE FROM meta WHERE name = 'origin';
