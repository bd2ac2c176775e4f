-- Packages that were received from other units; members' ID numbers stand one to a line.
CREATE TABLE received (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  package TEXT NOT NULL UNIQUE,
  unit TEXT NOT NULL,
  campaign INTEGER NOT NULL,
  level_group TEXT NOT NULL,
  made_at TEXT NOT NULL,
  members TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
