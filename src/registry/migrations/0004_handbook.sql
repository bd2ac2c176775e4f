-- What a handbook also keeps: the photo, where somebody came from and what came along (A-44), who organised
-- a training (B2-05), and with what a later obligation was met (B3-09).
ALTER TABLE person ADD COLUMN photo_sha256 TEXT CHECK (length(photo_sha256) = 64);
ALTER TABLE person ADD COLUMN photo_size INTEGER;
ALTER TABLE person ADD COLUMN photo_name TEXT;
ALTER TABLE person ADD COLUMN photo_extension TEXT;
ALTER TABLE person ADD COLUMN former_unit TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN organiser_kind TEXT;
ALTER TABLE record ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN origin_stamped INTEGER NOT NULL DEFAULT 0;

CREATE TABLE discharge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  campaign INTEGER NOT NULL,
  year INTEGER NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (person, campaign, year)
) STRICT;

-- An attachment may now belong to a discharge too, and the check that it has one owner must know that.
CREATE TABLE attachment_now (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  record INTEGER REFERENCES record (id),
  event INTEGER REFERENCES event (id),
  deemed INTEGER REFERENCES deemed (id),
  slip INTEGER REFERENCES slip (id),
  discharge INTEGER REFERENCES discharge (id),
  slot TEXT NOT NULL,
  stamped INTEGER NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  size INTEGER NOT NULL,
  name TEXT NOT NULL,
  extension TEXT NOT NULL,
  reason TEXT NOT NULL,
  CHECK ((record IS NOT NULL) + (event IS NOT NULL) + (deemed IS NOT NULL) + (slip IS NOT NULL)
         + (discharge IS NOT NULL) = 1)
) STRICT;
INSERT INTO attachment_now
  (id, record, event, deemed, slip, slot, stamped, sha256, size, name, extension, reason)
SELECT id, record, event, deemed, slip, slot, stamped, sha256, size, name, extension, reason FROM attachment;
-- Ids stay used up, also those of rows that are gone.
DELETE FROM sqlite_sequence WHERE name = 'attachment_now';
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'attachment_now', seq FROM sqlite_sequence WHERE name = 'attachment';
DROP TABLE attachment;
ALTER TABLE attachment_now RENAME TO attachment;
CREATE INDEX attachment_record ON attachment (record) WHERE record IS NOT NULL;
CREATE INDEX attachment_event ON attachment (event) WHERE event IS NOT NULL;
CREATE INDEX attachment_deemed ON attachment (deemed) WHERE deemed IS NOT NULL;
CREATE INDEX attachment_slip ON attachment (slip) WHERE slip IS NOT NULL;
CREATE INDEX attachment_discharge ON attachment (discharge) WHERE discharge IS NOT NULL;
