-- People whose handbooks step ?1 changed: by rows of their own, or by an event they attended.
SELECT person FROM change WHERE step = ?1 AND person IS NOT NULL
UNION
SELECT record.person FROM record WHERE record.event IN (
  SELECT coalesce(after, before) ->> 'event' FROM change
  WHERE step = ?1 AND noun = 'attachment' AND person IS NULL
  UNION
  SELECT row FROM change WHERE step = ?1 AND noun = 'event' AND before IS NOT NULL AND after IS NOT NULL
)
ORDER BY 1
