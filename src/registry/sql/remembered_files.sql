-- Files that some step put in or took out: undo or redo may bring them back into use.
WITH image (noun, of) AS (
  SELECT noun, before FROM change
  WHERE noun IN ('attachment', 'publicity_file', 'person', 'platform_proof') AND before IS NOT NULL
  UNION ALL
  SELECT noun, after FROM change
  WHERE noun IN ('attachment', 'publicity_file', 'person', 'platform_proof') AND after IS NOT NULL
)
SELECT DISTINCT of ->> 'sha256', of ->> 'extension' FROM image WHERE noun <> 'person'
UNION
SELECT DISTINCT of ->> 'photo_sha256', of ->> 'photo_extension' FROM image
WHERE noun = 'person' AND of ->> 'photo_sha256' IS NOT NULL
