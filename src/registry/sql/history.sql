-- The changes of person ?1's handbook, newest step first; files shared through the person's events included,
-- and what was changed in entries that were merged into this one.
WITH mine (id) AS (
  SELECT id FROM change WHERE person = ?1
  UNION
  SELECT id FROM change WHERE person IN (SELECT was FROM merged WHERE person = ?1)
  UNION
  SELECT id FROM change
  WHERE noun = 'attachment' AND person IS NULL
    AND coalesce(after, before) ->> 'event' IN (SELECT event FROM record WHERE person = ?1)
)
SELECT step.id, step.at, step.action, step.state IN ('undone', 'cleared'),
       change.noun, change.row, change.before, change.after
FROM mine JOIN change ON change.id = mine.id JOIN step ON step.id = change.step
ORDER BY step.id DESC, change.id
