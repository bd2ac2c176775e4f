-- What people learned, each title once: the latest record of it, and how many people have it.
SELECT record.title, max(record.id), count(DISTINCT record.person), min(record.start_date), max(record.start_date)
FROM record
GROUP BY record.title
ORDER BY max(record.start_date) DESC, record.title
