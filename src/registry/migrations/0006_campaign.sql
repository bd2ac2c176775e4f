-- What follows publicity (B3-12, A-32), what proves a run and how objections were settled (B3-11), where
-- the unit hands in and in which order it numbers people (A-40, S-04), the units a department waits for.
ALTER TABLE applicant ADD COLUMN department_result TEXT;
ALTER TABLE applicant ADD COLUMN department_by TEXT;
ALTER TABLE applicant ADD COLUMN department_at TEXT;
ALTER TABLE applicant ADD COLUMN department_reason TEXT;
ALTER TABLE applicant ADD COLUMN sent_by TEXT;
ALTER TABLE applicant ADD COLUMN sent_at TEXT;
ALTER TABLE applicant ADD COLUMN sent_reason TEXT;
ALTER TABLE applicant ADD COLUMN certificate_number TEXT;
ALTER TABLE applicant ADD COLUMN issued_by TEXT;
ALTER TABLE applicant ADD COLUMN issued_at TEXT;
ALTER TABLE applicant ADD COLUMN issued_reason TEXT;

-- Why an objection took this person off the list; NULL while the list stands.
ALTER TABLE publicity_member ADD COLUMN failed TEXT;
ALTER TABLE publicity_objection ADD COLUMN about INTEGER REFERENCES person (id);
ALTER TABLE publicity_objection ADD COLUMN settled_by TEXT;
ALTER TABLE publicity_objection ADD COLUMN settled_at TEXT;
ALTER TABLE publicity_objection ADD COLUMN settled_reason TEXT;

CREATE TABLE publicity_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  publicity INTEGER NOT NULL REFERENCES publicity (id),
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'result')),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  size INTEGER NOT NULL,
  name TEXT NOT NULL,
  extension TEXT NOT NULL
) STRICT;
CREATE INDEX publicity_file_publicity ON publicity_file (publicity);

ALTER TABLE unit ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN recipient_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN review_workdays INTEGER;
ALTER TABLE unit ADD COLUMN row_order TEXT NOT NULL DEFAULT '单位、姓名';

-- 单位名单: `nobody_in` is the campaign for which a unit said that nobody applies.
CREATE TABLE awaited_unit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE,
  nobody_in INTEGER
) STRICT;
