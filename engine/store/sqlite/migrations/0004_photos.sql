-- Photos by the SHA-256 of their bytes, which lie in files. Time and position: as the file claims, '' where it claims
-- none.
CREATE TABLE photos (
  id        INTEGER PRIMARY KEY,
  sha256    TEXT    NOT NULL UNIQUE,
  bytes     INTEGER NOT NULL,
  width     INTEGER NOT NULL,
  height    INTEGER NOT NULL,
  taken_at  TEXT    NOT NULL,
  longitude TEXT    NOT NULL,
  latitude  TEXT    NOT NULL,
  look      INTEGER NOT NULL
);
-- Of looks that differ in two bits, one third at least is the same.
CREATE INDEX photos_by_low_third ON photos (look & 2097151);
CREATE INDEX photos_by_middle_third ON photos ((look >> 21) & 2097151);
CREATE INDEX photos_by_high_third ON photos ((look >> 42) & 4194303);

-- Whoever has sent a photo may see it.
CREATE TABLE photo_senders (
  sha256  TEXT    NOT NULL REFERENCES photos (sha256),
  account TEXT    NOT NULL,
  at      INTEGER NOT NULL,  -- last
  PRIMARY KEY (sha256, account)
) WITHOUT ROWID;
CREATE INDEX photo_senders_by_account ON photo_senders (account, at);

CREATE INDEX links_to_photos ON links (ref) WHERE kind = 'photo';
