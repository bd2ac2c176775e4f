-- 职务、职称变动: what a person became, when and where.
CREATE TABLE post_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  date TEXT NOT NULL,
  workplace TEXT NOT NULL,
  post TEXT NOT NULL,
  title TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX post_change_person ON post_change (person);
