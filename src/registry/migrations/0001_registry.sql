-- The registry as first published. A step's row images are generic (see tracking.rs), so every table
-- below `change` has its own `id`; ids are never used twice, for the history names rows by them.
-- Dates are ISO text, hours are half hours, words of a notice stay words.

CREATE TABLE registry (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  revision INTEGER NOT NULL,
  notice TEXT NOT NULL,
  region TEXT NOT NULL,
  created TEXT NOT NULL
) STRICT;

CREATE TABLE step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  action TEXT NOT NULL,
  at TEXT NOT NULL,
  -- done: undo takes it back. undone: redo brings it again. cleared: undone, then overtaken by a new
  -- step. settled: done before the tables changed their shape, so it stays.
  state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'cleared', 'settled'))
) STRICT;
CREATE INDEX step_state ON step (state, id) WHERE state IN ('done', 'undone');

-- Undo and audit in one: the images of a row before and after; an absent column is NULL.
CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  step INTEGER NOT NULL REFERENCES step (id),
  noun TEXT NOT NULL,
  row INTEGER NOT NULL,
  person INTEGER,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX change_step ON change (step);
CREATE INDEX change_person ON change (person) WHERE person IS NOT NULL;
CREATE INDEX change_shared ON change (coalesce(after, before) ->> 'event')
  WHERE noun = 'attachment' AND person IS NULL;

CREATE TABLE unit (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  county TEXT NOT NULL,
  department TEXT NOT NULL,
  contact TEXT NOT NULL,
  phone TEXT NOT NULL,
  registration_system TEXT NOT NULL
) STRICT;

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  id_number TEXT NOT NULL UNIQUE,
  sex TEXT NOT NULL,
  birth_date TEXT,
  workplace TEXT NOT NULL,
  section TEXT NOT NULL,
  education TEXT NOT NULL,
  degree TEXT NOT NULL,
  title TEXT NOT NULL,
  title_date TEXT,
  series TEXT NOT NULL,
  speciality TEXT NOT NULL,
  handbook_number TEXT NOT NULL,
  employed TEXT,
  phone TEXT NOT NULL,
  note TEXT NOT NULL,
  retired INTEGER NOT NULL
) STRICT;

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE record (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  event INTEGER REFERENCES event (id),
  form INTEGER NOT NULL,
  subject TEXT NOT NULL,
  title TEXT NOT NULL,
  year INTEGER,
  organiser TEXT NOT NULL,
  start_date TEXT NOT NULL,
  end_date TEXT,
  rank TEXT,
  level TEXT,
  source TEXT,
  quantity INTEGER,
  passed INTEGER,
  certified INTEGER,
  minutes INTEGER,
  serial TEXT,
  task TEXT,
  assessment TEXT,
  certificate_number TEXT,
  platform TEXT,
  region TEXT,
  mode TEXT,
  filing_number TEXT,
  filing_date TEXT,
  related INTEGER,
  proof_kind TEXT,
  in_paper_handbook INTEGER,
  confirmed_by TEXT,
  confirmed_at TEXT,
  confirmed_reason TEXT,
  override_hours INTEGER,
  override_by TEXT,
  override_at TEXT,
  override_reason TEXT,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX record_person ON record (person);
CREATE INDEX record_event ON record (event) WHERE event IS NOT NULL;

-- One attended date of a record and its parts (时段).
CREATE TABLE session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  record INTEGER NOT NULL REFERENCES record (id),
  date TEXT NOT NULL,
  morning INTEGER NOT NULL,
  afternoon INTEGER NOT NULL,
  evening INTEGER NOT NULL
) STRICT;
CREATE INDEX session_record ON session (record);

-- A slot that somebody waived (A-41).
CREATE TABLE waiver (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  record INTEGER NOT NULL REFERENCES record (id),
  slot TEXT NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX waiver_record ON waiver (record);

CREATE TABLE deemed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  year INTEGER NOT NULL,
  reason TEXT NOT NULL,
  subject TEXT,
  hours INTEGER,
  basis TEXT NOT NULL
) STRICT;
CREATE INDEX deemed_person ON deemed (person);

CREATE TABLE slip (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  number TEXT NOT NULL,
  issuer TEXT NOT NULL,
  issued TEXT,
  first_year INTEGER NOT NULL,
  last_year INTEGER NOT NULL
) STRICT;
CREATE INDEX slip_person ON slip (person);

CREATE TABLE slip_hours (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slip INTEGER NOT NULL REFERENCES slip (id),
  year INTEGER NOT NULL,
  subject TEXT NOT NULL,
  hours INTEGER NOT NULL
) STRICT;
CREATE INDEX slip_hours_slip ON slip_hours (slip);

-- A file of the vault in a slot of exactly one owner.
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  record INTEGER REFERENCES record (id),
  event INTEGER REFERENCES event (id),
  deemed INTEGER REFERENCES deemed (id),
  slip INTEGER REFERENCES slip (id),
  slot TEXT NOT NULL,
  stamped INTEGER NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  size INTEGER NOT NULL,
  name TEXT NOT NULL,
  extension TEXT NOT NULL,
  reason TEXT NOT NULL,
  CHECK ((record IS NOT NULL) + (event IS NOT NULL) + (deemed IS NOT NULL) + (slip IS NOT NULL) = 1)
) STRICT;
CREATE INDEX attachment_record ON attachment (record) WHERE record IS NOT NULL;
CREATE INDEX attachment_event ON attachment (event) WHERE event IS NOT NULL;
CREATE INDEX attachment_deemed ON attachment (deemed) WHERE deemed IS NOT NULL;
CREATE INDEX attachment_slip ON attachment (slip) WHERE slip IS NOT NULL;

CREATE TABLE year_review (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  year INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'unit-reviewed', 'department-confirmed')),
  unit_by TEXT,
  unit_at TEXT,
  unit_reason TEXT,
  department_by TEXT,
  department_at TEXT,
  department_reason TEXT,
  reopened_by TEXT,
  reopened_at TEXT,
  reopened_reason TEXT,
  UNIQUE (person, year)
) STRICT;

CREATE TABLE finding_override (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  year INTEGER NOT NULL,
  code TEXT NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (person, year, code)
) STRICT;

CREATE TABLE applicant (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  campaign INTEGER NOT NULL,
  level TEXT NOT NULL,
  series TEXT NOT NULL,
  speciality TEXT NOT NULL,
  start_override INTEGER,
  note TEXT NOT NULL,
  review_result TEXT,
  review_by TEXT,
  review_at TEXT,
  review_reason TEXT,
  withdrawn_by TEXT,
  withdrawn_at TEXT,
  withdrawn_reason TEXT
) STRICT;
CREATE INDEX applicant_person ON applicant (person);
CREATE INDEX applicant_campaign ON applicant (campaign);

CREATE TABLE publicity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  campaign INTEGER NOT NULL,
  level_group TEXT NOT NULL,
  posted TEXT NOT NULL,
  place TEXT NOT NULL,
  days INTEGER NOT NULL,
  close_strict TEXT NOT NULL,
  close_inclusive TEXT NOT NULL,
  closed TEXT
) STRICT;
CREATE INDEX publicity_campaign ON publicity (campaign);

CREATE TABLE publicity_member (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  publicity INTEGER NOT NULL REFERENCES publicity (id),
  person INTEGER NOT NULL REFERENCES person (id),
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX publicity_member_publicity ON publicity_member (publicity);
CREATE INDEX publicity_member_person ON publicity_member (person);

CREATE TABLE publicity_objection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  publicity INTEGER NOT NULL REFERENCES publicity (id),
  position INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX publicity_objection_publicity ON publicity_objection (publicity);

CREATE TABLE package (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  package TEXT NOT NULL UNIQUE,
  campaign INTEGER NOT NULL,
  level_group TEXT NOT NULL,
  path TEXT NOT NULL,
  people INTEGER NOT NULL,
  draft INTEGER NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
