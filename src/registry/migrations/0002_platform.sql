-- Platforms that the unit adds to those of the notices (B2-03, P-04), or says better.
-- NULL in filed, account, key_b is "not known"; synonyms stand one to a line.
CREATE TABLE platform (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  synonyms TEXT NOT NULL,
  address TEXT NOT NULL,
  contact TEXT NOT NULL,
  website TEXT NOT NULL,
  phone TEXT NOT NULL,
  filed INTEGER,
  account INTEGER,
  key_b INTEGER,
  base INTEGER NOT NULL,
  first_year INTEGER,
  last_year INTEGER
) STRICT;
