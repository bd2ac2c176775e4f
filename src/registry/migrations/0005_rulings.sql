-- What a unit chose instead of what a notice says (口径); of one switch the last choice.
CREATE TABLE ruling (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  notice TEXT NOT NULL,
  decision TEXT NOT NULL,
  switch TEXT NOT NULL,
  choice TEXT NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (notice, decision, switch)
) STRICT;

-- The campaign year in work; NULL: the latest that there is a notice for.
ALTER TABLE registry ADD COLUMN campaign INTEGER;

-- Proof that a platform of the unit's own is filed (B2-03, P-04): files of the vault.
CREATE TABLE platform_proof (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  platform INTEGER NOT NULL REFERENCES platform (id),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  size INTEGER NOT NULL,
  name TEXT NOT NULL,
  extension TEXT NOT NULL
) STRICT;
CREATE INDEX platform_proof_platform ON platform_proof (platform);
ALTER TABLE platform ADD COLUMN level TEXT NOT NULL DEFAULT '';
