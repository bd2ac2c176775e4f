-- Two entries that look like one person and are not, as somebody said (不是同一个人): nobody is asked again.
-- `person` is the one with the smaller id.
CREATE TABLE apart (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  other INTEGER NOT NULL REFERENCES person (id),
  said_by TEXT NOT NULL,
  said_at TEXT NOT NULL,
  CHECK (person < other),
  UNIQUE (person, other)
) STRICT;
CREATE INDEX apart_other ON apart (other);
