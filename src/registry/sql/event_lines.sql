-- The 班次 that somebody attended: how many people, since when, how many shared files; the latest first.
SELECT event.id, event.name, count(DISTINCT record.person), min(record.start_date),
       (SELECT count(*) FROM attachment WHERE attachment.event = event.id)
FROM event JOIN record ON record.event = event.id
GROUP BY event.id
ORDER BY min(record.start_date) DESC, event.id DESC
