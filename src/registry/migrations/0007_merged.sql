-- Two entries that were one person (合并): the one that is gone, so that the other shows its history too.
-- `was` is the id the entry had; its changes are kept under it.
CREATE TABLE merged (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  was INTEGER NOT NULL,
  name TEXT NOT NULL,
  id_number TEXT NOT NULL
) STRICT;
CREATE INDEX merged_person ON merged (person);
